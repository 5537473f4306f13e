"""Text in capitals → as it is usually written: "PRESIDEN JOKO WIDODO BERTEMU XI" → "Presiden Joko Widodo bertemu Xi".

    capitals.py   which words of a line are in capitals although usual writing would not have them so
    known.py      how the article itself and the lists of names write a word
    model.py      how a language writes its words, and which kinds of writing follow each other (kg/weights/casing)
    restore.py    the most probable writing of a line: `restored`

Every character keeps its place, so whoever reads the restored text quotes the text as read. Nothing is imported here:
who asks whether an article is in capitals at all (`capitals.any_capitals`) needs no lists of names.
"""
