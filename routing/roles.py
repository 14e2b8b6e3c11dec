"""What a centre is for on a route, and what it is not for, in plain words."""

from routing.directory import Centre

YOUNG = "young"
REGIONS = {"flanders": "Flanders", "brussels": "Brussels", "wallonia": "Wallonia"}
# The order of an ordinary call, and of one by somebody under eighteen.
ORDINARY = ("centre", "national", "helpline")
FOR_YOUNG = (YOUNG, "national")


def rank(centre: Centre, need: str) -> int:
    """A centre's place in the order for a need; those that have no part in it come last."""
    roles, role = _roles(need), _role(centre, need)
    return roles.index(role) if role else len(roles)


def role_in_words(centre: Centre, need: str) -> str:
    """What a centre does on the route for a need."""
    match _role(centre, need):
        case "centre":
            return f"the centre for {_regions(centre)}"
        case "national":
            return "the national line"
        case "helpline":
            return "a helpline in the caller's language"
        case _:
            return "takes calls of young people"


def off_route(centre: Centre, need: str, region: str) -> str:
    """Why a centre has no part in the route for a need and a region; empty: it has one."""
    role = _role(centre, need)
    if not role:
        return _no_role(centre, need)
    if role == "centre" and not region:
        return f"is the centre for {_regions(centre)}, and the caller's region is not known"
    if region and (centre.regions or role == "centre") and region not in centre.regions:
        return f"is there for {_regions(centre)}, and the caller is in {_region(region)}"
    return ""


def _roles(need: str) -> tuple[str, ...]:
    return FOR_YOUNG if need == YOUNG else ORDINARY


def _role(centre: Centre, need: str) -> str:
    return next((role for role in _roles(need) if role in centre.needs), "")


def _no_role(centre: Centre, need: str) -> str:
    if "emergency" in centre.needs:
        return "is an emergency number, which a caller has to dial herself"
    if YOUNG in centre.needs:
        return "takes calls of young people only"
    if need == YOUNG:
        return "is not one of those that take calls of young people"
    return "is named in lists and recordings only"


def _regions(centre: Centre) -> str:
    return " and ".join(map(_region, centre.regions)) or "no region"


def _region(region: str) -> str:
    return REGIONS.get(region, region)
