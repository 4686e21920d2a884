"""The base of the parsers that read the XML of one part of a workbook, element by element."""

from xml.parsers import expat  # no document type comes so far: what declares one is refused before


class Parser:
    """Feeds a part to expat and hands its elements to `start`, `end` and `text` by their local names."""

    def read(self, content):
        parser = expat.ParserCreate()
        parser.buffer_text = True
        parser.StartElementHandler = lambda tag, attributes: self.start(tag.rpartition(":")[2], attributes)
        parser.EndElementHandler = lambda tag: self.end(tag.rpartition(":")[2])
        parser.CharacterDataHandler = self.text
        parser.Parse(content, True)

    def end(self, tag):
        pass

    def text(self, characters):
        if self.value is not None:
            self.value += characters
