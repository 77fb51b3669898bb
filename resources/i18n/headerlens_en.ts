<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="en_US">
<context>
    <name>Batch</name>
    <message numerus="yes">
        <source>%n file(s)</source>
        <translation>
            <numerusform>%n file</numerusform>
            <numerusform>%n files</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>BatchPage</name>
    <message numerus="yes">
        <source>%n message(s)</source>
        <translation>
            <numerusform>%n message</numerusform>
            <numerusform>%n messages</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n message(s) share one cause: {cause}</source>
        <translation>
            <numerusform>%n message shares one cause: {cause}</numerusform>
            <numerusform>%n messages share one cause: {cause}</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>DnsPane</name>
    <message numerus="yes">
        <source>%n question(s) to DNS</source>
        <translation>
            <numerusform>%n question to DNS</numerusform>
            <numerusform>%n questions to DNS</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>FindingsList</name>
    <message numerus="yes">
        <source>%n point(s) in order</source>
        <extracomment>One line that stands for several findings that say all is well; opens them</extracomment>
        <translation>
            <numerusform>%n point in order</numerusform>
            <numerusform>%n points in order</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>HeadersPane</name>
    <message numerus="yes">
        <source>The text (%n byte(s)) isn&apos;t shown here.</source>
        <translation>
            <numerusform>The text (%n byte) isn&apos;t shown here.</numerusform>
            <numerusform>The text (%n bytes) isn&apos;t shown here.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>InsidesStrip</name>
    <message numerus="yes">
        <source>This mail carries %n other mails. You see the answer for the mail itself.</source>
        <translation>
            <numerusform>This mail carries %n other mail. You see the answer for the mail itself.</numerusform>
            <numerusform>This mail carries %n other mails. You see the answer for the mail itself.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>PasteDialog</name>
    <message numerus="yes">
        <source>Looks complete: %n header(s), body included</source>
        <translation>
            <numerusform>Looks complete: %n header, body included</numerusform>
            <numerusform>Looks complete: %n headers, body included</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Headers only: %n header(s)</source>
        <translation>
            <numerusform>Headers only: %n header</numerusform>
            <numerusform>Headers only: %n headers</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>QuestionsDialog</name>
    <message numerus="yes">
        <source>%n question(s) would be asked first.</source>
        <translation>
            <numerusform>%n question would be asked first.</numerusform>
            <numerusform>%n questions would be asked first.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Shown</name>
    <message numerus="yes">
        <source>%n message(s)</source>
        <translation>
            <numerusform>%n message</numerusform>
            <numerusform>%n messages</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>WaysIn</name>
    <message numerus="yes">
        <source>%n more file(s) were left out.</source>
        <translation>
            <numerusform>%n more file was left out.</numerusform>
            <numerusform>%n more files were left out.</numerusform>
        </translation>
    </message>
</context>
</TS>
