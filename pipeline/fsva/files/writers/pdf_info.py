"""The metadata of a PDF: title, language, edition and colour profile.

Owns metadata, output intent and the claims of conformance. It writes no dates, so that the bytes
do not change.
"""

from __future__ import annotations

from collections.abc import Sequence

from pikepdf import Array, Dictionary, Name, Pdf, String

from fsva.drawing.paper.scene import Sheet
from fsva.files.packing import deflate_streams
from fsva.files.writers import colour_profile, xml_text

PRODUCER = "fsva-atlas"
# Claims of PDF/A-2a (ISO 19005-2) and PDF/UA-1 (ISO 14289-1); veraPDF confirms them. PDF/A does
# not know PDF/UA and requires a description of its property.
_CLAIMS = """\
   <pdfaid:part>2</pdfaid:part>
   <pdfaid:conformance>A</pdfaid:conformance>
   <pdfuaid:part>1</pdfuaid:part>
   <pdfaExtension:schemas>
    <rdf:Bag>
     <rdf:li rdf:parseType="Resource">
      <pdfaSchema:schema>PDF/UA identification schema</pdfaSchema:schema>
      <pdfaSchema:namespaceURI>http://www.aiim.org/pdfua/ns/id/</pdfaSchema:namespaceURI>
      <pdfaSchema:prefix>pdfuaid</pdfaSchema:prefix>
      <pdfaSchema:property>
       <rdf:Seq>
        <rdf:li rdf:parseType="Resource">
         <pdfaProperty:name>part</pdfaProperty:name>
         <pdfaProperty:valueType>Integer</pdfaProperty:valueType>
         <pdfaProperty:category>internal</pdfaProperty:category>
         <pdfaProperty:description>Part of ISO 14289</pdfaProperty:description>
        </rdf:li>
       </rdf:Seq>
      </pdfaSchema:property>
     </rdf:li>
    </rdf:Bag>
   </pdfaExtension:schemas>
"""
_NAMESPACES = {
    "dc": "http://purl.org/dc/elements/1.1/",
    "pdf": "http://ns.adobe.com/pdf/1.3/",
    "pdfaid": "http://www.aiim.org/pdfa/ns/id/",
    "pdfuaid": "http://www.aiim.org/pdfua/ns/id/",
    "pdfaExtension": "http://www.aiim.org/pdfa/ns/extension/",
    "pdfaSchema": "http://www.aiim.org/pdfa/ns/schema#",
    "pdfaProperty": "http://www.aiim.org/pdfa/ns/property#",
}


def describe(pdf: Pdf, sheets: Sequence[Sheet], title: str) -> None:
    """Set language, title, metadata and colour profile."""
    sheet = sheets[0]
    pdf.Root.Lang = String(sheet.language)
    pdf.Root.ViewerPreferences = Dictionary(DisplayDocTitle=True)
    pdf.Root.OutputIntents = Array([_srgb(pdf)])
    subject = " ".join(part for part in (sheet.edition, _source(sheets)) if part)
    info = {"/Title": title, "/Author": sheet.author, "/Subject": subject, "/Producer": PRODUCER}
    for key, value in info.items():
        if value:
            pdf.docinfo[key] = value
    packet = _packet(sheet, title, subject).encode("utf-8")
    pdf.Root.Metadata = pdf.make_stream(packet, Type=Name.Metadata, Subtype=Name.XML)


def _source(sheets: Sequence[Sheet]) -> str:
    """Return the sources of a single map; an atlas names them on its pages."""
    return sheets[0].source if len(sheets) == 1 else ""


def _packet(sheet: Sheet, title: str, subject: str) -> str:
    """Return the metadata as XMP (ISO 16684-1)."""
    spaces = " ".join(f'xmlns:{prefix}="{uri}"' for prefix, uri in _NAMESPACES.items())
    words = [
        _property("dc:title", "Alt", title),
        _property("dc:creator", "Seq", sheet.author),
        _property("dc:description", "Alt", subject),
        _property("dc:language", "Bag", sheet.language),
    ]
    return (
        '<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>\n'
        '<x:xmpmeta xmlns:x="adobe:ns:meta/">\n'
        ' <rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">\n'
        f'  <rdf:Description {spaces} rdf:about="">\n'
        f"{''.join(words)}"
        f"   <pdf:Producer>{PRODUCER}</pdf:Producer>\n"
        f"{_CLAIMS}"
        "  </rdf:Description>\n </rdf:RDF>\n</x:xmpmeta>\n\n"
        '<?xpacket end="w"?>\n'
    )


def _property(name: str, container: str, words: str) -> str:
    """Return a property with one value, or nothing for an empty text."""
    language = ' xml:lang="x-default"' if container == "Alt" else ""
    value = f"<rdf:li{language}>{xml_text.text(words)}</rdf:li>"
    inner = f"<rdf:{container}>{value}</rdf:{container}>"
    return f"   <{name}>{inner}</{name}>\n" if words else ""


def _srgb(pdf: Pdf) -> Dictionary:
    """Declare sRGB for the colours of all pages (ISO 32000, 14.11.5)."""
    profile = deflate_streams.packed(colour_profile.srgb_profile())
    return Dictionary(
        Type=Name.OutputIntent,
        S=Name("/GTS_PDFA1"),
        OutputConditionIdentifier=String(colour_profile.SRGB),
        RegistryName=String("http://www.color.org"),
        Info=String(colour_profile.SRGB),
        DestOutputProfile=pdf.make_stream(profile, N=3, Filter=Name.FlateDecode),
    )
