namespace Barnahus.Safety.Children;

/// <summary>Kinds of things that become due; codes on the board and in alarms.</summary>
public static class ItemKind
{
    /// <summary>The owner has not confirmed that the measure holds.</summary>
    public const string MeasureUnconfirmed = "measure-unconfirmed";

    /// <summary>The measure ends.</summary>
    public const string MeasureLapsing = "measure-lapsing";

    /// <summary>The risk must be assessed anew.</summary>
    public const string Reassessment = "reassessment";

    /// <summary>There is no risk assessment yet.</summary>
    public const string FirstAssessment = "first-assessment";

    /// <summary>The child's time to reflect ends.</summary>
    public const string ReflectionEnds = "reflection-ends";
}
