chromium --headless --no-sandbox --disable-gpu --hide-scrollbars $4 --screenshot=/tmp/hl/Q/$2.png --window-size=$3 file:///tmp/hl/Q/$1.html >/dev/null 2>&1
