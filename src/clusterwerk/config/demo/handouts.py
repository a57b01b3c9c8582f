"""The demo's documents of an activity: a programme for everybody, slides for those who come."""

from datetime import datetime

from clusterwerk.activities.actions.handouts import add_handout
from clusterwerk.activities.models import Activity, HandoutReach
from clusterwerk.platform.access.seats import Seats

HANDOUTS = (
    ("Programma.pdf", HandoutReach.EVERYBODY, "Programma van de avond"),
    ("Presentaties.pdf", HandoutReach.CAME, "Presentaties van de avond"),
)


def keep_demo_handouts(seats: Seats, activity: Activity, now: datetime) -> int:
    for name, reach, words in HANDOUTS:
        add_handout(
            seats=seats,
            activity=activity,
            name=name,
            content=_page(words),
            reach=reach,
            now=now,
            is_demo=True,
        )
    return len(HANDOUTS)


def _page(words: str) -> bytes:
    """A PDF of one page with one line; the words are plain ASCII."""
    line = f"BT /F1 24 Tf 72 720 Td ({words}) Tj ET"
    size, font = "/MediaBox [0 0 595 842]", "<< /Font << /F1 5 0 R >> >>"
    parts = (
        "<< /Type /Catalog /Pages 2 0 R >>",
        "<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        f"<< /Type /Page /Parent 2 0 R {size} /Contents 4 0 R /Resources {font} >>",
        f"<< /Length {len(line)} >>\nstream\n{line}\nendstream",
        "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
    )
    text, places = "%PDF-1.4\n", []
    for number, part in enumerate(parts, start=1):
        places.append(len(text))
        text += f"{number} 0 obj\n{part}\nendobj\n"
    table = "".join(f"{place:010} 00000 n \n" for place in places)
    count = len(parts) + 1
    end = f"trailer << /Size {count} /Root 1 0 R >>\nstartxref\n{len(text)}\n%%EOF\n"
    return f"{text}xref\n0 {count}\n0000000000 65535 f \n{table}{end}".encode("ascii")
