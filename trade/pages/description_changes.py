"""Lists what a release told differently of its dataset than the one before it: its title, its licence, …"""

from trade.bundles import facts
from trade.models import Release


def of(release: Release) -> list[dict]:
    """List what a change of description changed, one query: [{"label": "licence", "old": "…", "new": "CC BY 4.0"}].

    It is held against the release before it that readers may still see; there may be none.
    """
    if release.kind != Release.Kind.DESCRIPTION or release.withdrawn:
        return []
    earlier = Release.objects.filter(dataset=release.dataset_id, number__lt=release.number, withdrawn=None)
    before = earlier.select_related("dataset").order_by("-number").first()
    return facts.differences(facts.as_released(before).dataset, facts.as_released(release).dataset) if before else []
