"""The command that prints every sentence of the site."""

from web.management.commands import words


def test_marked_texts_of_a_program_are_found_with_their_lines():
    source = (
        'A = _("One.")\nB = ngettext("%(n)s part", "%(n)s parts", 2)\nC = pgettext("million", "m")\nD = "not marked"\n'
    )
    assert list(words.in_program(source)) == [(1, "One."), (2, "%(n)s part"), (2, "%(n)s parts"), (3, "m")]


def test_unmarked_programs_give_every_text_of_several_words_but_no_documentation():
    source = '"""About this file."""\nA = f"The sheet {name} is hidden."\nB = "one word"\n'
    assert list(words.in_program(source, unmarked=True)) == [(2, "The sheet {…} is hidden.")]


def test_texts_of_a_template_are_found():
    release = "{% blocktranslate with n=1 trimmed %}Release\n  {{ n }}.{% endblocktranslate %}"
    source = f"<p>{{% translate 'Terms' %}}</p>\n{release}"
    assert [text for _line, text in words.in_template(source)] == ["Terms", "Release %(n)s."]
