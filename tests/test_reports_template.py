"""An employer's own template: its layouts, colours and size, not its slides are not; a broken one is a sentence."""

from __future__ import annotations

import io
import zipfile

import pytest
from pptx import Presentation
from pptx.util import Inches

from analysis.reports.write import CannotWrite, render
from tests.fabricated_report import made, report


def template(*, title_only: bool = True, slides: int = 1) -> bytes:
    own = Presentation()
    own.slide_width, own.slide_height = Inches(10), Inches(5.625)
    for _ in range(slides):
        own.slides.add_slide(own.slide_layouts[0]).shapes.title.text = "From the template"
    for layout in list(own.slide_layouts):
        if layout._element.get("type") == "titleOnly":
            layout.name = "Nur Titel"
            if not title_only:
                own.slide_layouts.remove(layout)
    buffer = io.BytesIO()
    own.save(buffer)
    return buffer.getvalue()


def test_its_layout_with_a_title_alone_is_used_whatever_its_name() -> None:
    deck = Presentation(io.BytesIO(render(report(), "pptx", template())))
    assert deck.slide_width == Inches(10) and len(deck.slides) > 10
    assert {slide.slide_layout.name for slide in deck.slides} == {"Nur Titel"}
    assert "From the template" not in [slide.shapes.title.text for slide in deck.slides]
    for slide in deck.slides:
        for shape in slide.shapes:
            assert shape.left >= 0 and shape.left + shape.width <= deck.slide_width
            assert shape.top >= 0 and shape.top + shape.height <= deck.slide_height


def test_its_colours_are_used_and_none_of_ours() -> None:
    def charts(content: bytes) -> str:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            return "".join(archive.read(n).decode() for n in archive.namelist() if n.startswith("ppt/charts/chart"))

    assert "0B5FA5" in charts(made("pptx"))
    own = charts(render(report(), "pptx", template()))
    assert "0B5FA5" not in own and 'schemeClr val="accent1"' in own


def test_without_a_title_only_layout_another_with_a_title_will_do() -> None:
    deck = Presentation(io.BytesIO(render(report(), "pptx", template(title_only=False))))
    assert all(slide.shapes.title is not None for slide in deck.slides)


def test_sections_that_name_slides_of_the_template_go_with_them() -> None:
    own = Presentation(io.BytesIO(template()))
    marks = (
        '<p:extLst xmlns:p="http://schemas.openxmlformats.org/presentationml/2006/main"><p:ext uri="{521415D9}">'
        '<p14:sectionLst xmlns:p14="http://schemas.microsoft.com/office/powerpoint/2010/main"/></p:ext></p:extLst>'
    )
    from lxml import etree

    own.element.append(etree.fromstring(marks))
    buffer = io.BytesIO()
    own.save(buffer)
    with zipfile.ZipFile(io.BytesIO(render(report(), "pptx", buffer.getvalue()))) as archive:
        assert b"sectionLst" not in archive.read("ppt/presentation.xml")
        assert not [name for name in archive.namelist() if b"From the template" in archive.read(name)]


def _without(part: str) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(template())) as old, zipfile.ZipFile(buffer, "w") as new:
        for name in old.namelist():
            if name != part:
                new.writestr(name, old.read(name))
    return buffer.getvalue()


@pytest.mark.parametrize(
    "content",
    [b"no deck at all", b"PK\x03\x04 cut off", template()[:5000], _without("ppt/presentation.xml"),
     _without("[Content_Types].xml"), _without("ppt/slideMasters/slideMaster1.xml"), made("xlsx")],
    ids=["text", "broken zip", "half", "no presentation", "no types", "no master", "a workbook"],
)  # fmt: skip
def test_a_broken_template_is_a_sentence(content: bytes) -> None:
    with pytest.raises(CannotWrite, match="template"):
        render(report(), "pptx", content)
