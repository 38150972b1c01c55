using Barnahus.Platform.Privacy;
using Barnahus.Safety.Risk;
using Barnahus.Safety.Surroundings;
using Barnahus.Safety.Willingness;

namespace Barnahus.Safety.Tests.Children;

public sealed class SurroundingsSpec : SafetySpec
{
    private static readonly Guid Id = Guid.Parse("01990000-0000-7000-8000-0000000000aa");
    private static readonly WhereaboutsContent Shelter = new("Aunt in Zwolle", "aunt", null);

    private static SetContact Set(ContactContent content, Guid? person, bool suspected = false, bool mayBeInformed = true) =>
        new(Child, Now, Id, person, content, Parents(suspected, mayBeInformed));

    private static RecordIncident Incident(DateTimeOffset at, OpenReassessment? trigger = null) =>
        new(Child, Now, Id, new IncidentContent(at, "A red car waited at school.", "school", null), trigger);

    private static RecordWillingness Will(string standing, IReadOnlyList<string> explained, Offer offers, DateTimeOffset? until = null) =>
        new(Child, Now, Id, until, new WillingnessContent(standing, explained, offers, offers, offers, null));

    [Fact]
    public Task A_parent_who_may_be_informed_may_be_told() => Given(Learned(File())).When(Set(Contact(told: ["interview"]), Father))
        .Then(new ContactSet(Child, Id, Father, Now, Personal.Of(Contact(told: ["interview"]))));

    [Fact]
    public void A_suspected_parent_is_told_nothing() => Given(Learned(File()))
        .When(Set(Contact(told: ["interview"]), Father, suspected: true)).ThenRefused("may-not-be-informed");

    [Fact]
    public void Nor_is_one_whom_the_child_does_not_want_to_know() => Given(Learned(File()))
        .When(Set(Contact(told: ["interview"]), Father, mayBeInformed: false)).ThenRefused("may-not-be-informed");

    [Fact]
    public Task A_suspected_parent_may_stand_on_the_map_as_somebody_to_be_told_nothing() => Given(Learned(File()))
        .When(Set(Contact(notTold: ["whereabouts"]), Father, suspected: true))
        .Then(new ContactSet(Child, Id, Father, Now, Personal.Of(Contact(notTold: ["whereabouts"]))));

    [Fact]
    public void The_rule_is_not_passed_by_leaving_the_id_out() => Given(Learned(File()))
        .When(Set(Contact(told: ["interview"]), null, suspected: true)).ThenRefused("name-the-representative");

    [Fact]
    public void Nor_by_an_id_that_is_nobody() => Given(Learned(File())).When(Set(Contact(told: ["interview"]), Id)).ThenRefused("no-such-representative");

    [Fact]
    public Task Nor_by_another_relation_with_the_id() => Given(Learned(File())).When(Set(Contact("school"), Father))
        .Then(new ContactSet(Child, Id, Father, Now, Personal.Of(Contact("father"))));

    [Fact]
    public void Nobody_is_put_on_the_map_before_it_is_known_who_may_be_informed() => Given()
        .When(new SetContact(Child, Now, Id, null, Contact("school", ["interview"]), null)).ThenRefused("file-not-known-here");

    [Fact]
    public void One_subject_is_not_both_told_and_not_told() => Given(Learned(File()))
        .When(Set(Contact("school", ["interview"], ["interview"]), null)).ThenRefused("told-and-not-told");

    [Fact]
    public Task An_incident_is_recorded() => Given().When(Incident(Now - Day))
        .Then(new IncidentRecorded(Child, Id, Now, Personal.Of(new IncidentContent(Now - Day, "A red car waited at school.", "school", null))));

    [Fact]
    public Task An_incident_with_a_trigger_opens_a_reassessment_in_the_same_append() => Given()
        .When(Incident(Now - Day, new OpenReassessment(Child, Now, ReassessmentId, Trigger("unknown-contact"), Day)))
        .Then(
            new IncidentRecorded(Child, Id, Now, Personal.Of(new IncidentContent(Now - Day, "A red car waited at school.", "school", null))),
            new ReassessmentOpened(Child, ReassessmentId, Now, Personal.Of(Now + Day), Personal.Of(Trigger("unknown-contact"))));

    [Fact]
    public void An_incident_has_happened() => Given().When(Incident(Now + Day)).ThenRefused("not-happened-yet");

    [Fact]
    public Task Where_the_child_stays_is_recorded() => Given().When(new RecordWhereabouts(Child, Now, Id, Now - Day, Shelter))
        .Then(new WhereaboutsRecorded(Child, Id, Now - Day, Now, Personal.Of(Shelter)));

    [Fact]
    public void A_planned_move_is_not_where_the_child_stays() => Given()
        .When(new RecordWhereabouts(Child, Now, Id, Now + Day, Shelter)).ThenRefused("not-there-yet");

    [Fact]
    public Task The_report_route_is_set()
    {
        var route = new ReportRouteContent([new ReportStep("acute", "112", "112")]);
        return Given().When(new SetReportRoute(Child, Now, route)).Then(new ReportRouteSet(Child, Now, Personal.Of(route)));
    }

    [Fact]
    public Task Time_to_reflect_is_a_date_that_somebody_chose()
    {
        var content = new WillingnessContent("reflecting", ["what a report is"], Offer.Offered, Offer.NotYet, Offer.NotYet, null);
        return Given().When(new RecordWillingness(Child, Now, Id, Now + (5 * Day), content))
            .Then(new WillingnessRecorded(Child, Id, Now, Now + (5 * Day), Personal.Of(content)));
    }

    [Fact]
    public void A_child_decides_only_after_it_was_explained() => Given().When(Will("willing", [], Offer.Accepted)).ThenRefused("explain-first");

    [Fact]
    public void And_after_support_was_offered() => Given().When(Will("unwilling", ["what a report is"], Offer.NotYet)).ThenRefused("offer-support-first");

    [Fact]
    public void Time_to_reflect_lies_ahead() => Given().When(Will("reflecting", [], Offer.NotYet, Now - Day)).ThenRefused("reflection-in-the-past");

    [Fact]
    public Task A_declined_offer_was_an_offer()
    {
        var command = Will("willing", ["what a report is"], Offer.Declined);
        return Given().When(command).Then(new WillingnessRecorded(Child, Id, Now, null, Personal.Of(command.Content)));
    }
}
