using System.Text.Json;
using Barnahus.Contracts;

namespace Barnahus.Interviews.Slots;

/// <summary>How long an interview takes and what surrounds it: configuration with a source (Data/lengths.json), never a constant.</summary>
/// <param name="Version">Version of the data.</param>
/// <param name="Source">Where the figures come from.</param>
/// <param name="Lengths">Length by age, in rising order; the first that reaches the child's age holds.</param>
/// <param name="ExtraBreaksMinutes">Added for a child that needs more breaks, in minutes.</param>
/// <param name="WelcomeMinutes">Before the interview, in minutes.</param>
/// <param name="AftercareMinutes">After the interview, in minutes.</param>
/// <param name="WarnAboveMinutesPerYear">An interview longer than this many minutes per year of age gets a warning, not a refusal.</param>
/// <param name="SpecialisedYears">A certificate or room for at most this many ages counts as specialised.</param>
/// <param name="WaitingMarks">Benchmark for the time between request and interview.</param>
public sealed record InterviewLengths(
    int Version,
    string Source,
    IReadOnlyList<LengthByAge> Lengths,
    int ExtraBreaksMinutes,
    int WelcomeMinutes,
    int AftercareMinutes,
    int WarnAboveMinutesPerYear,
    int SpecialisedYears,
    WaitingMarks WaitingMarks)
{
    /// <summary>The data this version ships.</summary>
    public static InterviewLengths Shipped()
    {
        using var stream = typeof(InterviewLengths).Assembly.GetManifestResourceStream("Barnahus.Interviews.Data.lengths.json")
            ?? throw new InvalidOperationException("Data/lengths.json is not in the assembly.");
        return Read(stream);
    }

    /// <summary>The data of a file of the installation (setting <c>Interviews:Lengths</c>), or what is shipped.</summary>
    public static InterviewLengths Load(string? file)
    {
        if (file is null)
        {
            return Shipped();
        }

        using var stream = File.OpenRead(file);
        return Read(stream);
    }

    /// <summary>Length of the interview itself. A child of unknown age gets the longest.</summary>
    public TimeSpan Length(int? age, bool extraBreaks)
    {
        var byAge = age is { } years ? Lengths.FirstOrDefault(l => years <= l.AgeTo) ?? Lengths[^1] : Lengths.MaxBy(l => l.Minutes)!;
        return TimeSpan.FromMinutes(byAge.Minutes + (extraBreaks ? ExtraBreaksMinutes : 0));
    }

    private static InterviewLengths Read(Stream stream) =>
        JsonSerializer.Deserialize<InterviewLengths>(stream, JsonSerializerOptions.Web) is { Lengths.Count: > 0, WaitingMarks: not null } read
            ? read
            : throw new InvalidOperationException("The interview lengths name no length or no waiting marks. See Data/lengths.json for their shape.");

    /// <summary>Whether the length goes beyond what is advised for the age.</summary>
    public bool IsLong(TimeSpan length, int? age) => age is { } years && length > TimeSpan.FromMinutes(years * WarnAboveMinutesPerYear);
}

/// <param name="AgeTo">Oldest age it holds for, inclusive.</param>
/// <param name="Minutes">Minutes.</param>
public sealed record LengthByAge(int AgeTo, int Minutes);

/// <summary>Norway, § 239e: a benchmark and no Dutch law.</summary>
/// <param name="UrgentDays">A recent event, an immediate full account, or a need of protection: days from the request.</param>
/// <param name="YoungDays">A young child: days from the request.</param>
/// <param name="YoungBelowAge">Who is young: below this age in years.</param>
/// <param name="MostDays">At the most, days from the request.</param>
/// <param name="RecentDays">An event at most this many days before the request is recent.</param>
public sealed record WaitingMarks(int UrgentDays, int YoungDays, int YoungBelowAge, int MostDays, int RecentDays = 14)
{
    /// <summary>
    /// Whether the shortest mark holds. An account is immediate when it follows the event closely: what a child tells of long ago does not make
    /// it urgent, and where nobody knows when it was, the child's telling counts.
    /// </summary>
    public bool IsUrgent(ChildFacts facts, DateTimeOffset requestedAt) =>
        facts.AcuteUnsafety || (facts.LastEventAt is { } last ? last >= requestedAt.AddDays(-RecentDays) : facts.DisclosureByChild);

    /// <summary>The mark of a child, in days from the request.</summary>
    public int DaysFor(bool urgent, int? age) => urgent ? UrgentDays : age < YoungBelowAge ? YoungDays : MostDays;
}
