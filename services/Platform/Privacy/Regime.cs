namespace Barnahus.Platform.Privacy;

/// <summary>The law under which a field is kept; each has its own key per subject, since retention differs (domain.md, Retention).</summary>
public enum Regime
{
    /// <summary>Wpg.</summary>
    Police,

    /// <summary>Wjsg, file of the prosecution.</summary>
    Prosecution,

    /// <summary>WGBO, medical file.</summary>
    Medical,

    /// <summary>Jeugdwet, Wmo: care and protection.</summary>
    Care,
}

/// <summary>Marks a <see cref="Personal{T}"/> property with the regime whose key seals it. Every such property has one: a test checks.</summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class PersonalAttribute(Regime regime) : Attribute
{
    public Regime Regime { get; } = regime;
}
