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
        <source>%n still judged by the receivers trusted before</source>
        <translation>
            <numerusform>%n still judged by the receivers trusted before</numerusform>
            <numerusform>%n still judged by the receivers trusted before</numerusform>
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
    <name>FindingColumn</name>
    <message numerus="yes">
        <source>%n found</source>
        <extracomment>How many findings there are</extracomment>
        <translation>
            <numerusform>%n found</numerusform>
            <numerusform>%n found</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>FindingStrip</name>
    <message numerus="yes">
        <source>%n header(s) belong to this finding</source>
        <extracomment>Over the header source, while a finding is selected</extracomment>
        <translation>
            <numerusform>%n header belongs to this finding</numerusform>
            <numerusform>%n headers belong to this finding</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n place(s) belong to this finding</source>
        <extracomment>Over the source, while a finding is selected that also points into the body</extracomment>
        <translation>
            <numerusform>%n place belongs to this finding</numerusform>
            <numerusform>%n places belong to this finding</numerusform>
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
        <source>%n place(s)</source>
        <extracomment>Where a finding points: at headers and into the body</extracomment>
        <translation>
            <numerusform>%n place</numerusform>
            <numerusform>%n places</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n header(s)</source>
        <extracomment>Where a finding points</extracomment>
        <translation>
            <numerusform>%n header</numerusform>
            <numerusform>%n headers</numerusform>
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
    <name>SourceTools</name>
    <message numerus="yes">
        <source>Show more of the body (%n line(s) left)</source>
        <translation>
            <numerusform>Show more of the body (%n line left)</numerusform>
            <numerusform>Show more of the body (%n lines left)</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Show the body (%n line(s))</source>
        <translation>
            <numerusform>Show the body (%n line)</numerusform>
            <numerusform>Show the body (%n lines)</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>SourceWording</name>
    <message numerus="yes">
        <source>… %n more character(s)</source>
        <extracomment>At the end of a line that is cut</extracomment>
        <translation>
            <numerusform>… %n more character</numerusform>
            <numerusform>… %n more characters</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>… %n more line(s) not shown here</source>
        <extracomment>In place of lines that are left out</extracomment>
        <translation>
            <numerusform>… %n more line not shown here</numerusform>
            <numerusform>… %n more lines not shown here</numerusform>
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
