"""Which indicator a column or a named figure is, in which unit, and where it is printed."""

from __future__ import annotations

from dataclasses import dataclass

PLACE_IN_ROW = ""
"""The row itself names the place, in its column ``where``."""


@dataclass(frozen=True, slots=True)
class Print:
    """One column or named figure as it is printed.

    ``dimension`` and ``segment`` are set where the figure speaks of a part; ``basis`` says
    what the document calls it, ``as_of`` the moment it names in the running text.
    """

    indicator: str
    unit: str
    place: str = PLACE_IN_ROW
    dimension: str = ""
    segment: str = ""
    basis: str = ""
    as_of: str = ""


# Column of clusters.csv -> print. The basis of members and collaborations is in the row.
CLUSTERS = {
    "name": Print("cluster.listed", "entry", "table 3"),
    "start_date": Print("agreement.start_date", "date", "table 3"),
    "end_date_table3": Print("agreement.end_date", "date", "table 3"),
    "end_date_table7": Print("agreement.end_date", "date", "table 7"),
    "members": Print("members.paying", "count", "table 7"),
    "collaborations": Print("collaborations.started", "count", "table 7"),
    "intercluster_applications": Print("applications.participations", "count", "table 7"),
    "outlook": Print("agreement.outlook", "text", "table 7"),
}

# Column of contributions.csv -> print.
CONTRIBUTIONS = {
    "subsidy_eur": Print("agreement.subsidy", "euro", "table 8"),
    "contribution_max_eur": Print("contributions.maximum", "euro", "table 8"),
    "contribution_min_eur": Print("contributions.minimum", "euro", "table 8"),
    "contribution_median_eur": Print("contributions.median", "euro", "table 8"),
    "contributors_at_max": Print("contributions.at_maximum", "count", "table 8"),
    "contributors_to_half": Print("contributions.to_half", "count", "table 8"),
    "contributors": Print("contributions.contributors", "count", "table 8"),
    "printed_share_pct": Print("contributions.printed_share_pct", "percent", "table 8"),
}

# Programme indicator of table 5 and of its split in the text -> print.
KPIS = {
    "unique_active_enterprises": Print("members.paying", "count", "table 5"),
    "new_active_enterprises": Print("members.new", "count", "table 5"),
    "multi_party_collaborations": Print("collaborations.started", "count", "table 5"),
}
SHARE_OF_TARGET = "share_of_target_pct"
KPIS_BY_EMBEDDING = {
    "unique_active_enterprises": Print("members.paying", "count", "section 3.1"),
    "new_active_enterprises": Print("members.new", "count", "section 3.1"),
    "participations_in_intercluster_applications": Print(
        "applications.participations", "count", "section 3.2"
    ),
}

# Column of intercluster_calls.csv -> print.
CALLS = {
    "year": Print("applications.call_year", "text", "section 3.2"),
    "applications": Print("applications.submitted", "count", "section 3.2"),
    "applications_with_networks": Print("applications.with_networks", "count", "section 3.2"),
    "approved_with_networks": Print("applications.approved", "count", "section 3.2"),
}

APPLICATION = Print("applications.listed", "entry", "table 10", dimension="application")
PARTICIPATION = Print(
    "applications.listed_participation", "entry", "table 10", dimension="application"
)
EXAMPLE = Print("collaborations.listed_example", "entry", "table 9", dimension="example")
EXAMPLE_YEARS = Print("collaborations.example_years", "years", "table 9", dimension="example")

# Figure of printed_again.csv -> print.
PRINTED_AGAIN = {
    "multi_party_collaborations": Print("collaborations.started", "count", basis="reported"),
    "unique_active_enterprises": Print("members.paying", "count", basis="reported"),
    "new_active_enterprises": Print("members.new", "count", basis="reported"),
    "worked_examples_of_collaboration": Print("collaborations.examples", "count"),
    "networks": Print("networks.supported", "count"),
    "spearhead_clusters": Print("spearheads.supported", "count"),
    "embedded_networks": Print(
        "networks.supported", "count", dimension="embedding", segment="embedded"
    ),
    "applications_with_a_spearhead_cluster": Print("applications.with_spearhead", "count"),
    "networks_with_equal_contributions": Print("networks.equal_contributions", "count"),
}

# Figure of survey_fieldwork.csv, member_reach.csv and cofinancing_totals.csv -> print.
FACTS = {
    "invited": Print("survey.invited", "count"),
    "responded": Print("survey.responded", "count"),
    "completed": Print("survey.completed", "count"),
    "clusters": Print("survey.clusters", "count"),
    "response_rate_pct": Print("survey.response_rate_pct", "percent"),
    "mean_minutes": Print("survey.mean_minutes", "minutes"),
    "share_participating_pct": Print("survey.participating_pct", "percent"),
    "share_relevant_pct": Print("survey.relevant_pct", "percent"),
    "share_expecting_competitiveness_within_3_years_pct": Print(
        "survey.expecting_competitiveness_pct", "percent"
    ),
    "share_of_those_already_realised_or_very_soon": Print(
        "survey.competitiveness_realised_share", "ratio"
    ),
    "expecting_competitiveness_participating_pct": Print(
        "survey.expecting_competitiveness_pct",
        "percent",
        dimension="participation",
        segment="active",
    ),
    "expecting_competitiveness_not_participating_pct": Print(
        "survey.expecting_competitiveness_pct",
        "percent",
        dimension="participation",
        segment="inactive",
    ),
    "expecting_competitiveness_medium_large_pct": Print(
        "survey.expecting_competitiveness_pct", "percent", dimension="size", segment="medium_large"
    ),
    "expecting_competitiveness_small_pct": Print(
        "survey.expecting_competitiveness_pct", "percent", dimension="size", segment="small"
    ),
    "size_cut_employees": Print("survey.size_cut", "count"),
    "members_threshold_for_relevance": Print("survey.relevance_threshold_members", "count"),
    "members_with_known_headcount": Print("members.known_headcount", "count"),
    "share_micro_and_small_pct": Print("members.micro_and_small_pct", "percent"),
    "share_sme_pct": Print("members.sme_pct", "percent"),
    "mean_age_years": Print("members.mean_age", "years"),
    "share_age_up_to_10_pct": Print("members.age_up_to_10_pct", "percent"),
    "share_startup_under_5_pct": Print("members.startup_pct", "percent"),
    "organisations_or_persons_in_two_or_more_clusters": Print(
        "members.of_several_clusters", "count"
    ),
    "enterprises_involved": Print("members.paying", "count", basis="reported"),
    "new_members": Print("members.new", "count", basis="reported"),
    "cofinancing_raised_by_members_eur": Print("cofinancing.raised", "euro"),
    "subsidy_call_1_eur": Print("agreement.subsidy", "euro", dimension="call", segment="1"),
    "subsidy_call_2_eur": Print("agreement.subsidy", "euro", dimension="call", segment="2"),
    "applications_call_1": Print("networks.applied", "count", dimension="call", segment="1"),
    "granted_call_1": Print("networks.granted", "count", dimension="call", segment="1"),
    "applications_call_2": Print("networks.applied", "count", dimension="call", segment="2"),
    "granted_call_2": Print("networks.granted", "count", dimension="call", segment="2"),
    "networks_near_the_maximum_subsidy": Print(
        "networks.supported", "count", dimension="subsidy", segment="near_maximum"
    ),
    "networks_below_300000_eur": Print(
        "networks.supported", "count", dimension="subsidy", segment="below_300000"
    ),
    "networks_above_400000_eur": Print(
        "networks.supported", "count", dimension="subsidy", segment="above_400000"
    ),
    "members_of_networks_above_400000_eur": Print(
        "members.paying",
        "count",
        dimension="subsidy",
        segment="above_400000",
        basis="reported",
        as_of="end of 2018",
    ),
    "members_of_the_11_others": Print(
        "members.paying",
        "count",
        dimension="subsidy",
        segment="up_to_400000",
        basis="reported",
        as_of="end of 2018",
    ),
    "call_1_networks_at_member_target_after_two_years": Print(
        "networks.at_member_target", "count", dimension="call", segment="1"
    ),
    "call_1_networks_below_collaboration_target": Print(
        "networks.below_collaboration_target",
        "count",
        dimension="call",
        segment="1",
        as_of="end of 2018",
    ),
    "collaboration_target_call_1": Print(
        "collaborations.target_or_count",
        "count",
        dimension="call",
        segment="1",
        as_of="end of 2018",
    ),
    "networks_with_internationalisation_goal": Print("networks.with_international_goal", "count"),
    "networks_with_competence_study": Print("networks.with_competence_study", "count"),
}

# Measure of survey_published_means.csv -> place in the annex.
MEANS = {
    "effects_desired": "annex, questions 3 and 4",
    "effects_realised": "annex, question 5",
    "effects_contribution": "annex, question 6",
    "collaborative_strength": "annex, question 7",
    "benefits": "annex, question 8",
}
