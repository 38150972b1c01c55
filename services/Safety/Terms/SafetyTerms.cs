using System.Collections.Immutable;
using System.Text.Json;
using Barnahus.Platform.Deciding;

namespace Barnahus.Safety.Terms;

/// <summary>Types of measures and triggers with their terms: data with a version, shipped as terms.json, replaced whole by <c>Safety:TermsFile</c>.</summary>
/// <param name="Version">Version of the data.</param>
/// <param name="Source">Where the numbers come from.</param>
/// <param name="LapsingBefore">How long before a measure's end an alarm is raised, each once.</param>
/// <param name="UnconfirmedAt">At which parts of the term for confirmation an alarm is raised, each once; 1 is the whole term.</param>
/// <param name="FirstAssessmentWithin">Term of the first risk assessment, from the opening of the file.</param>
/// <param name="FirstAssessmentWithinWhenAcute">The same when the child was reported acutely or structurally unsafe.</param>
/// <param name="BirthdayOpensMonthsBefore">How many months before the month of the 18th birthday its re-assessment opens.</param>
/// <param name="Measures">Types of measures.</param>
/// <param name="Triggers">Types of triggers.</param>
public sealed record SafetyTerms(
    string Version,
    string Source,
    ImmutableArray<TimeSpan> LapsingBefore,
    ImmutableArray<double> UnconfirmedAt,
    TimeSpan FirstAssessmentWithin,
    TimeSpan FirstAssessmentWithinWhenAcute,
    int BirthdayOpensMonthsBefore,
    ImmutableArray<MeasureType> Measures,
    ImmutableArray<TriggerType> Triggers)
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { RespectRequiredConstructorParameters = false };

    /// <exception cref="InvalidException">There is no such type of measure; the message lists the types.</exception>
    public MeasureType Measure(string? code) =>
        Measures.FirstOrDefault(type => type.Code == code)
        ?? throw new InvalidException("type", $"Unknown type of measure. Use one of: {string.Join(", ", Measures.Select(type => type.Code))}.");

    /// <exception cref="InvalidException">There is no such type of trigger; the message lists the types.</exception>
    public TriggerType Trigger(string? code) =>
        Triggers.FirstOrDefault(type => type.Code == code)
        ?? throw new InvalidException("type", $"Unknown type of trigger. Use one of: {string.Join(", ", Triggers.Where(type => !type.BySystemOnly).Select(type => type.Code))}.");

    /// <summary>When the first risk assessment of a file is due.</summary>
    public DateTimeOffset FirstAssessmentBy(DateTimeOffset openedAt, bool acute) =>
        openedAt + (acute ? FirstAssessmentWithinWhenAcute : FirstAssessmentWithin);

    /// <summary>Whether what a measure says tells where the child stays; so it is of a type that the terms do not know (any more).</summary>
    public bool TellsPlace(string code) => Measures.FirstOrDefault(type => type.Code == code)?.TellsPlace ?? true;

    /// <summary>The shipped terms.</summary>
    public static SafetyTerms Shipped()
    {
        using var resource = typeof(SafetyTerms).Assembly.GetManifestResourceStream("Barnahus.Safety.Terms.terms.json")
            ?? throw new InvalidOperationException("terms.json is not in the assembly.");
        return Read(resource);
    }

    /// <summary>Terms from a file of the installation, or the shipped ones without.</summary>
    /// <param name="path">Setting <c>Safety:TermsFile</c>.</param>
    /// <exception cref="InvalidDataException">The file lacks something: the service does not start on half of its terms.</exception>
    public static SafetyTerms From(string? path)
    {
        if (string.IsNullOrWhiteSpace(path))
        {
            return Shipped();
        }

        using var file = File.OpenRead(path);
        return Read(file);
    }

    private static SafetyTerms Read(Stream stream)
    {
        var terms = JsonSerializer.Deserialize<SafetyTerms>(stream, Json) ?? throw new InvalidDataException("The terms file is empty.");
        var faults = Faults(terms).ToList();
        return faults.Count == 0 ? terms : throw new InvalidDataException("The terms file cannot be used: " + string.Join(" ", faults));
    }

    private static IEnumerable<string> Faults(SafetyTerms terms)
    {
        if (terms.Measures.IsDefaultOrEmpty || terms.Triggers.IsDefaultOrEmpty || terms.LapsingBefore.IsDefaultOrEmpty || terms.UnconfirmedAt.IsDefaultOrEmpty)
        {
            yield return "measures, triggers, lapsingBefore and unconfirmedAt each need at least one entry.";
            yield break;
        }

        foreach (var missing in TriggerCodes.Needed.Where(code => terms.Triggers.All(type => type.Code != code)))
        {
            yield return $"The trigger '{missing}' is missing.";
        }

        if (terms.LapsingBefore.Any(before => before <= TimeSpan.Zero) || terms.UnconfirmedAt.Any(part => part is <= 0 or > 1))
        {
            yield return "lapsingBefore must be positive and unconfirmedAt between 0 and 1.";
        }

        if (terms.FirstAssessmentWithin <= TimeSpan.Zero || terms.FirstAssessmentWithinWhenAcute <= TimeSpan.Zero || terms.BirthdayOpensMonthsBefore < 0
            || terms.Measures.Any(type => type.ConfirmWithin <= TimeSpan.Zero) || terms.Triggers.Any(type => type.DueWithin <= TimeSpan.Zero))
        {
            yield return "Every term must be longer than nothing.";
        }

        if (terms.Measures.DistinctBy(type => type.Code).Count() != terms.Measures.Length || terms.Triggers.DistinctBy(type => type.Code).Count() != terms.Triggers.Length)
        {
            yield return "A code stands in it twice.";
        }
    }
}

/// <param name="Code">Stable code, e.g. <c>phone-swap</c>.</param>
/// <param name="Nl">Dutch name.</param>
/// <param name="En">English name.</param>
/// <param name="ConfirmWithin">How soon after its start the owner must have confirmed that it holds.</param>
/// <param name="EndRequired">It cannot be proposed without an end.</param>
/// <param name="TellsPlace">What it says tells where the child stays: only its name is shown to who may not see the whereabouts.</param>
public sealed record MeasureType(string Code, string Nl, string En, TimeSpan ConfirmWithin, bool EndRequired, bool TellsPlace = false);

/// <param name="Code">Stable code, e.g. <c>runaway</c>.</param>
/// <param name="Nl">Dutch name.</param>
/// <param name="En">English name.</param>
/// <param name="DueWithin">How soon the re-assessment is due.</param>
/// <param name="BySystemOnly">It follows from time or from a message; nobody reports it by hand.</param>
public sealed record TriggerType(string Code, string Nl, string En, TimeSpan DueWithin, bool BySystemOnly = false);

/// <summary>Triggers that the service itself opens; a terms file must have them.</summary>
public static class TriggerCodes
{
    public const string EighteenthBirthday = "eighteenth-birthday";
    public const string ParentSuspect = "parent-suspect";
    public const string MeasureLapsed = "measure-lapsed";
    public const string ReviewDate = "review-date";
    public const string FilesMerged = "files-merged";

    public static IReadOnlyList<string> Needed { get; } = [EighteenthBirthday, ParentSuspect, MeasureLapsed, ReviewDate, FilesMerged];
}
