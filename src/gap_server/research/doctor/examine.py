"""The whole examination of a training set, in one reading of it."""

from dataclasses import dataclass, field

from gap_server.quality.questions.commonness import question_form
from gap_server.research.doctor.checks import ROW_CHECKS, CheckedRows
from gap_server.research.doctor.comparisons import Asked, Comparisons
from gap_server.research.doctor.findings import Diagnosis, Finding, Tally, Weight
from gap_server.research.doctor.pictures import Pictures
from gap_server.research.doctor.questions import Questions, one_sidedness
from gap_server.research.doctor.reading import Dataset
from gap_server.research.doctor.records import Record
from gap_server.research.doctor.scratch import Scratch


def examine(dataset: Dataset) -> Diagnosis:
    """Every check, the gravest findings first. Time and disk grow with the rows, memory does not.

    Raises DatasetUnreadable.
    """
    with Scratch() as by_image, Scratch() as by_form:
        reading = _Reading(Pictures(dataset.folder), Questions(by_form), by_image)
        for record in dataset.records():
            reading.see(record)
        images, between = _compared(by_image, reading.pictures)
        categories, commonest = reading.questions.categories(), reading.questions.commonest()
    findings = [
        *reading.findings(),
        *_registration(dataset),
        *between,
        *one_sidedness(categories, commonest),
        *reading.pictures.broken.findings(),
    ]
    return Diagnosis(
        rows=reading.rows,
        pairs=reading.pairs,
        images=images,
        findings=sorted(findings, key=lambda finding: (finding.weight.value != "unusable", -finding.count)),
        categories=categories,
        commonest=commonest,
        unchecked=reading.unchecked(),
    )


def _malformed() -> Tally:
    return Tally("malformed_rows", Weight.UNUSABLE, "Rows that are no record.")


@dataclass(slots=True)
class _Reading:
    """What is found of the rows one by one, and put aside to be compared."""

    pictures: Pictures
    questions: Questions
    by_image: Scratch
    rows: int = 0
    pairs: int = 0
    checks: list[CheckedRows] = field(default_factory=lambda: [CheckedRows(check) for check in ROW_CHECKS])
    malformed: Tally = field(default_factory=_malformed)
    tells_consent: bool = False
    tells_licence: bool = False

    def see(self, record: Record) -> None:
        self.rows += 1
        if record.malformed is not None:
            self.malformed.note(f"{record.place} {record.malformed}")
            return
        for check in self.checks:
            check.see(record)
        self.tells_consent = self.tells_consent or record.consent is not None
        self.tells_licence = self.tells_licence or record.licence is not None
        self._put_aside(record)

    def _put_aside(self, record: Record) -> None:
        forms = {question: question_form(question) for question in record.questions}
        for question in record.questions:
            self.questions.see(question, forms[question])
        pairs, split = record.pairs, record.split or record.file
        self.pairs += len(pairs)
        said = [Asked(forms[asked], asked, answer, split, record.place) for asked, answer in pairs]
        for image in record.images:
            name = self.pictures.see(image, record.place)
            for row in said or [Asked(None, "", "", split, record.place)]:
                self.by_image.put(name, row)

    def findings(self) -> list[Finding]:
        of_rows = (finding for check in self.checks for finding in check.findings())
        return [*self.malformed.findings(), *of_rows]

    def unchecked(self) -> list[str]:
        unchecked = self.pictures.unchecked()
        if not self.tells_consent:
            unchecked.append("The form tells nothing of consent.")
        if not self.tells_licence:
            unchecked.append("The form tells nothing of licences.")
        return unchecked


def _compared(by_image: Scratch, pictures: Pictures) -> tuple[int, list[Finding]]:
    """How many images there are, and what is found between the rows about each."""
    count, comparisons = 0, Comparisons()
    for bucket in by_image.buckets():
        count += len(bucket)
        for image, rows in bucket.items():
            comparisons.see(image, rows)
            pictures.look_at(image, list(dict.fromkeys(Asked(*row).place for row in rows)))
    return count, [finding for tally in comparisons.tallies for finding in tally.findings()]


def _registration(dataset: Dataset) -> list[Finding]:
    sentence = "The registration for LLaMA-Factory does not fit the data: loading by it fails."
    tally = Tally("registration", Weight.UNUSABLE, sentence)
    for trouble in dataset.registration_troubles():
        tally.note(trouble)
    return tally.findings()
