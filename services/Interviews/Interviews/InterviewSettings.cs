namespace Barnahus.Interviews.Interviews;

/// <summary>
/// Defaults of the field that an organisation may set otherwise (section <c>Interviews</c> of the configuration). They come in with a command.
/// Lengths by age are data of the slot search.
/// </summary>
public sealed class InterviewSettings
{
    /// <summary>Section of the configuration.</summary>
    public const string Section = "Interviews";

    /// <summary>Acute window for a forensic medical examination, from the last known event, in days.</summary>
    public int ForensicWindowDays { get; init; } = 7;

    /// <summary>Children up to and including this age are examined by physicians of the NFI.</summary>
    public int NfiPhysicianUpToAge { get; init; } = 12;

    /// <summary>How many minutes before its booked time an interview may start. Not a sourced figure: a default.</summary>
    public int StartsEarlyByMinutes { get; init; } = 60;
}
