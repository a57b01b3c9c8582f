"""What a folder of figures says of the document itself, in its `document.toml`."""

import tomllib
from datetime import date
from pathlib import Path

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from clusterwerk.reporting.figures.errors import FigureError, FigureErrors

FILE = "document.toml"


class SchemeName(BaseModel):
    """The scheme and version that a document's own abbreviation stands for."""

    model_config = ConfigDict(extra="forbid", frozen=True)
    key: str = Field(min_length=1)
    version: str = Field(min_length=1)


class AgencyName(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)
    key: str = Field(min_length=1)
    name: str = Field(min_length=1)
    country: str = Field(min_length=2, max_length=2)


class DocumentFacts(BaseModel):
    """Title, publisher and day of the document, and the agency whose programme it describes."""

    model_config = ConfigDict(extra="forbid", frozen=True)
    key: str = Field(pattern=r"^[a-z0-9][a-z0-9-]*$")
    title: str = Field(min_length=1)
    publisher: str = Field(min_length=1)
    published_on: date
    language: str
    agency: AgencyName
    schemes: dict[str, SchemeName]
    kinds: dict[str, str]

    def kind_of(self, organisation: str) -> str:
        """Kind of an executing organisation; one that is not listed is an association."""
        return self.kinds.get(organisation, "association")


def read_document(folder: Path) -> DocumentFacts:
    """The document's facts; raises `FigureErrors` with every place that does not fit."""
    path = folder / FILE
    try:
        return DocumentFacts.model_validate(tomllib.loads(path.read_text("utf-8")))
    except FileNotFoundError as error:
        raise FigureErrors([_error("", "no file", f"a file {FILE} beside the figures")]) from error
    except tomllib.TOMLDecodeError as error:
        raise FigureErrors([_error("", str(error), "readable TOML")]) from error
    except ValidationError as error:
        problems = [
            _error(".".join(map(str, problem["loc"])), str(problem["input"]), problem["msg"])
            for problem in error.errors()
        ]
        raise FigureErrors(problems) from error


def _error(name: str, found: str, expected: str) -> FigureError:
    return FigureError(file=FILE, line=0, column=name, found=found, expected=expected)
