"""The whole examination of a training set."""

from gap_server.research.doctor import checks, comparisons
from gap_server.research.doctor.findings import Diagnosis, Finding
from gap_server.research.doctor.pictures import pictures
from gap_server.research.doctor.records import Dataset

CHECKS = (
    checks.malformed,
    checks.registration,
    checks.broken_turns,
    checks.refusals,
    checks.give_aways,
    checks.preferences,
    checks.personal_data,
    checks.rights,
    checks.several_turns,
    comparisons.contradictions,
    comparisons.repetitions,
    comparisons.near_repetitions,
    comparisons.split_images,
    comparisons.one_sidedness,
)


def examine(dataset: Dataset) -> Diagnosis:
    """Every check, the gravest findings first. Time and memory are linear in the rows."""
    of_pictures, unchecked = pictures(dataset)
    findings: list[Finding] = [finding for check in CHECKS for finding in check(dataset)] + of_pictures
    if not any(record.consent is not None for record in dataset.records):
        unchecked.append("The form tells nothing of consent.")
    if not any(record.licence is not None for record in dataset.records):
        unchecked.append("The form tells nothing of licences.")
    return Diagnosis(
        rows=len(dataset.records) + len(dataset.malformed),
        pairs=sum(len(record.pairs) for record in dataset.records),
        images=len({image for record in dataset.records for image in record.images}),
        findings=sorted(findings, key=lambda finding: (finding.weight.value != "unusable", -finding.count)),
        categories=comparisons.categories(dataset),
        commonest=comparisons.commonest(dataset),
        unchecked=unchecked,
    )
