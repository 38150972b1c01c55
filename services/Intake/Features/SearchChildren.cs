using Barnahus.Intake.Children;
using Barnahus.Intake.Matching;
using Barnahus.Intake.Referrals;
using Barnahus.Intake.Views;
using Barnahus.Platform.Access;
using Barnahus.Platform.Deciding;
using Barnahus.Platform.Hosting;
using Barnahus.Platform.Privacy;

namespace Barnahus.Intake.Features;

/// <summary>
/// Is this child known? Offers candidates with the rule behind each. A POST, so that nothing of the child stands in an address.
/// With a reference to a referral it goes by what that referral says and by nothing else, and is recorded there: accepting without it is refused.
/// Without one it finds files whose team the officer is on: that a child of others exists is told to nobody who has no referral of it.
/// </summary>
public static class SearchChildren
{
    private const int MaxCandidates = 50;

    /// <param name="BirthDate">yyyy-MM-dd.</param>
    /// <param name="Municipalities">CBS codes.</param>
    /// <param name="ChildId">Looks whether this file exists and is yours to see.</param>
    /// <param name="Reference">A referral: the search goes by its data. What is given beside it must be what the referral says.</param>
    public sealed record SearchRequest(
        string? Bsn = null, string? GivenName = null, string? FamilyName = null, string? BirthDate = null, int? EstimatedAge = null, IReadOnlyList<string>? Municipalities = null, Guid? ChildId = null, Guid? Reference = null);

    /// <param name="RecordedOn">Referral on which the search was recorded.</param>
    public sealed record SearchAnswer(IReadOnlyList<Candidate> Candidates, Guid? RecordedOn);

    /// <param name="Why">Rules that matched.</param>
    /// <param name="Status">Where the file stands; for its team.</param>
    /// <param name="OpenedAt">For its team.</param>
    /// <param name="OnTeam">You are on its team.</param>
    /// <param name="Identity">For its team; absent while it is kept and not used.</param>
    public sealed record Candidate(
        Guid ChildId, IReadOnlyList<string> Why, string Region, string? Status, DateTimeOffset? OpenedAt, bool OnTeam, CandidateIdentity? Identity);

    public sealed record CandidateIdentity(string? GivenName, string? FamilyName, DateOnly? BirthDate, int? EstimatedAge);

    public static void Map(RouteGroupBuilder routes) =>
        routes.MapPost("/child-searches", HandleAsync).Allow(Roles.IntakeOfficer)
            .WithSummary("Search whether a child is known: by BSN, family name and birth date, or given name, age and municipality.")
            .WithDescription("For a referral (reference) among all files, by what it says; else among the files whose team you are on. Every search is on the access log.");

    private static async Task<Answer<SearchAnswer>> HandleAsync(
        SearchRequest request,
        Caller caller,
        ReferralDesk desk,
        AccessGate gate,
        ChildAccess access,
        MatchIndex index,
        FilesView files,
        FileOpener opener,
        CommandHandler handler,
        CancellationToken cancellationToken)
    {
        new IdentityRequest(request.GivenName, request.FamilyName, request.BirthDate, request.EstimatedAge, null, null, request.Bsn).Given();
        var context = caller.Command();
        var referral = request.Reference is { } reference ? (await desk.RequireAsync(reference, cancellationToken)).State : null;
        var told = referral is null ? null : desk.Open(referral);
        if (told is not null)
        {
            SearchTerms.RequireOf(told, request, inFile: referral!.ChildId is not null);
        }

        var query = Query(request, told, referral, context.Now.DutchDate());
        if (query is { Bsn: null, GivenName: null, FamilyName: null } && request.ChildId is null && referral is null)
        {
            throw new InvalidException("body", "names nothing to search by: bsn, a name, childId or reference");
        }

        var matches = index.Find(query)
            .Select(match => (match.Why, Row: files.Find(match.ChildId)))
            .Where(match => match.Row is not null && !access.Conflicts(match.Row.State.Id).Contains(caller.AccountId!.Value))
            .Select(match => (match.Why, Row: match.Row!, Opened: opener.Open(match.Row!.State)))
            .Where(match => match.Opened is not null && (told is not null || MayBeFound(match.Row.State, caller, gate)))
            .Take(MaxCandidates)
            .ToList();
        if (request.ChildId is { } childId && gate.May(childId, DataGroup.File) && files.Find(childId) is { } own
            && matches.All(match => match.Row.State.Id != childId))
        {
            matches.Add((["child-id"], own, opener.Open(own.State)));
        }

        caller.Saw(SubjectId.Account(caller.AccountId!.Value), [AccessLog.ChildSearch, told is null ? "own-files" : "for-referral", .. SearchTerms.Kinds(query, request)]);
        var recorded = await RecordAsync(referral, matches.Select(match => new SearchHit(match.Row.State.Id, match.Why)).ToList(), context, handler, cancellationToken);
        var body = new SearchAnswer([.. matches.Select(match => CandidateOf(match.Row, match.Why, match.Opened, caller, gate))], recorded?.State.Id);
        return recorded is null ? Reply.Read(body) : Reply.Changed(recorded, body);
    }

    /// <summary>Among one's own files; not while who the child is is kept from the caller, who would find it out by guessing.</summary>
    private static bool MayBeFound(ChildFile file, Caller caller, AccessGate gate) =>
        gate.May(file.Id, DataGroup.Identity) && !FileBody.Of(file, gate, caller).KeepsBack(FileParts.Identity);

    private static ChildQuery Query(SearchRequest request, ReferralContent? told, Referral? referral, DateOnly today)
    {
        var birth = request.BirthDate is { } text ? DateOnly.ParseExact(text, "yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture) : told?.Child.BirthDate;
        var yearsSince = referral is null ? 0 : new ChildIdentity(null, null, referral.ReceivedAt.DutchDate(), null, null, null, null, null).AgeOn(today) ?? 0;
        return new(
            request.Bsn ?? told?.Child.Bsn,
            request.GivenName ?? told?.Child.GivenName,
            request.FamilyName ?? told?.Child.FamilyName,
            birth,
            request.EstimatedAge ?? told?.Child.EstimatedAge + yearsSince,
            request.Municipalities ?? told?.Municipalities.Select(place => place.Code).ToList() ?? [],
            today);
    }

    private static async Task<CommandResult<Referral>?> RecordAsync(
        Referral? referral, IReadOnlyList<SearchHit> hits, CommandContext context, CommandHandler handler, CancellationToken cancellationToken) =>
        referral is not { IsOpen: true }
            ? null
            : await handler.HandleAsync(
                ReferralDecider.Decider, Referral.Stream(referral.Id), new RecordSearch(context.Now, hits), context, cancellationToken);

    /// <summary>That a file may match, and where, is shown to the officer of the referral; who the child is and how its file stands only to the team.</summary>
    private static Candidate CandidateOf(FileRow row, IReadOnlyList<string> why, OpenedFile? opened, Caller caller, AccessGate gate)
    {
        caller.Saw(SubjectId.Child(row.State.Id), ["match", .. why.Select(rule => $"match:{rule}")]);
        var sees = gate.Look(row.State.Id, DataGroup.Identity) == Sight.Full;
        var body = FileBody.Of(row.State, gate, caller);
        var identity = sees && !body.KeepsBack(FileParts.Identity) ? opened?.Identity() : null;
        return new(
            row.State.Id,
            why,
            row.State.Region,
            sees ? row.State.Status.Code() : null,
            sees ? row.State.OpenedAt : null,
            sees,
            identity is null ? null : new(identity.GivenName, identity.FamilyName, identity.BirthDate, identity.EstimatedAge));
    }
}
