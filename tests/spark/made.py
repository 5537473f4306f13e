"""Articles of a newsroom that never was, in the forms in which archives keep them."""

from __future__ import annotations

import json
from pathlib import Path

TEXTS = {
    "kunjungan": ("2031-04-02", "Presiden Turki Recep Tayyip Erdogan mengunjungi Baku. Erdogan bertemu Ilham Aliyev."),
    "visit": ("2031-04-03", "Turkish President Erdogan visited Baku on Wednesday. Turkey supports Azerbaijan."),
    "clash": ("2031-05-11", "Armenia attacked Azerbaijan on Sunday, said Ilham Aliyev, the president of Azerbaijan."),
    "denial": ("2031-05-12", "Armenia did not attack Azerbaijan, Prime Minister Nikol Pashinyan said. He met Aliyev."),
    "bare": ("", "Norway urged Sweden to support Finland. Finland supports Norway and met Sweden in Oslo."),
}
REPRINTED = (
    "Norwegian officials said on Tuesday that they had been told of the talks long before they began in the capital. "
    "Indonesian President Joko Widodo met Russian President Vladimir Putin in Moscow after a night on the train, and "
    "handed over a message that nobody was allowed to read before the two of them had taken their seats at the table."
)


def line(id_: str, day: str, text: str, **more: str) -> str:
    fields = {"id": id_, "text": text, "published": f"{day}T08:00:00+07:00" if day else None, **more}
    return json.dumps({key: value for key, value in fields.items() if value}, ensure_ascii=False)


def lines(**changed: tuple[str, str]) -> list[str]:
    return [line(id_, day, text) for id_, (day, text) in (TEXTS | changed).items() if text]


def archive(folder: Path) -> Path:
    """Write what `kg build` reads in one order only: pages, tables and lines, with ids that come twice, and trouble."""
    (folder / "b").mkdir(parents=True)
    time = '<meta property="article:published_time" content="2031-04-10T09:00:00Z">'
    page = f"<html><head><title>{{0}}</title>{time}</head>"
    page += "<body><article><h1>{0}</h1><p>{1}</p></article></body></html>"
    (folder / "b" / "visit.html").write_text(page.format("Talks in Oslo", f"Sweden supports Norway. {REPRINTED}"))
    (folder / "a.csv").write_text(f'id,date,text\nfirst,2031-04-09T07:00:00Z,"{REPRINTED}"\nempty,2031-04-09,\n')
    twice = [
        line("clash", "2031-06-01", "Iran accused Israel of an attack on Tehran. Israel attacked Iran, it said."),
        line("clash", *TEXTS["clash"]),
        line(
            "own", "2031-06-05", "Indonesian President Joko Widodo visited Norway. Norway met Sweden in Oslo, it said."
        ),
        line("reprint", "2031-06-02", f"{REPRINTED} (AFP)", publisher="Koran Pagi"),
    ]
    (folder / "c.jsonl").write_text("\n".join([*lines(), *twice, '{"id": "broken', '{"id": "no text"}']) + "\n")
    return folder
