using System.Text.Json.Serialization;

namespace Barnahus.Turnaround.Norms;

/// <summary>One version of a definition: what a clock measures and how long it may take. Data, not code (Data/norms.json).</summary>
/// <param name="Key">Which definition, e.g. <c>report-to-file</c>.</param>
/// <param name="Version">From 1; a change is a new version.</param>
/// <param name="Name">What people call it.</param>
/// <param name="Rule">What the clock goes by; a clock keeps the rule it started with.</param>
/// <param name="Source">Where it comes from.</param>
/// <param name="ValidFrom">For clocks that start on this Dutch day or later, until the next version.</param>
public sealed record Norm(string Key, int Version, NormName Name, NormRule Rule, NormSource Source, DateOnly ValidFrom)
{
    /// <summary>What a clock keeps of it.</summary>
    public PinnedNorm Pin() => new(Key, Version, Rule);
}

/// <param name="Nl">Dutch.</param>
/// <param name="En">English.</param>
public sealed record NormName(string Nl, string En);

/// <param name="Text">The law, guideline or agreement.</param>
/// <param name="Verified"><c>V</c> read in the source, <c>V2</c> read in a secondary source, <c>U</c> not verified.</param>
/// <param name="Benchmark">Not Dutch law, but a mark to measure by.</param>
/// <param name="Note">What a reader must know before relying on it.</param>
public sealed record NormSource(string Text, string Verified, bool Benchmark = false, string? Note = null);

/// <param name="Clock">Which clock it is for: several definitions may be alternatives for one clock; of those that apply the shortest counts.</param>
/// <param name="Stage">Stage of the chain on the board: <c>intake | medical | interview | police | om | court | veilig-thuis | care</c>.</param>
/// <param name="Start">Moment that starts the clock (<see cref="Cases.Moment"/>).</param>
/// <param name="Stop">Moment that stops it.</param>
/// <param name="Term">How long it may take.</param>
/// <param name="SharePercent">Share of cases that must make it, e.g. 80; null when every case must.</param>
/// <param name="Fixed">Nature's or the law's own term: no suspension, extension or target moves it.</param>
/// <param name="AppliesTo">For which children; null for all.</param>
/// <param name="Holidays">Which days are not worked on, when the term is in working days.</param>
public sealed record NormRule(
    string Clock,
    string Stage,
    string Start,
    string Stop,
    Term Term,
    int? SharePercent = null,
    bool Fixed = false,
    Applicability? AppliesTo = null,
    HolidayRule? Holidays = null);

/// <summary>The version of a norm that a clock started with.</summary>
public sealed record PinnedNorm(string Key, int Version, NormRule Rule);

/// <param name="Length">How many.</param>
/// <param name="Unit">Of what.</param>
public sealed record Term(int Length, TermUnit Unit);

/// <summary>Months, weeks and days end at the same Dutch time of day; a working day is the whole of a day that is worked on.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<TermUnit>))]
public enum TermUnit
{
    [JsonStringEnumMemberName("days")]
    Days,

    [JsonStringEnumMemberName("working-days")]
    WorkingDays,

    [JsonStringEnumMemberName("weeks")]
    Weeks,

    [JsonStringEnumMemberName("months")]
    Months,
}

/// <summary>Public holidays that differ by employer and sector. The others are fixed by the Algemene termijnenwet, art. 3.</summary>
/// <param name="GoodFriday">Good Friday is not worked on (Algemene termijnenwet art. 3, second paragraph).</param>
/// <param name="LiberationDay">When 5 May is not worked on.</param>
public sealed record HolidayRule(bool GoodFriday = true, LiberationDay LiberationDay = LiberationDay.EveryYear);

/// <summary>5 May: every year by the Algemene termijnenwet, once in five years in many collective agreements.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<LiberationDay>))]
public enum LiberationDay
{
    [JsonStringEnumMemberName("every-year")]
    EveryYear,

    [JsonStringEnumMemberName("every-five-years")]
    EveryFiveYears,

    [JsonStringEnumMemberName("never")]
    Never,
}
