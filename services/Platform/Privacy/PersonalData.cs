namespace Barnahus.Platform.Privacy;

/// <summary>Opens personal values for one authorised use, and seals them again for another place.</summary>
public sealed class PersonalData
{
    /// <summary>Opens a value; a plain one (not yet appended) as it is. A destroyed key gives the marker.</summary>
    /// <exception cref="SealBrokenException">It was changed or moved.</exception>
    /// <exception cref="KeyMissingException">No key and no tombstone.</exception>
    /// <exception cref="VaultUnreachableException">The vault does not answer.</exception>
    public Opened<T> Open<T>(Personal<T> value)
        where T : notnull => throw new NotSupportedException();
}
