namespace Barnahus.Identity.Duende;

/// <summary>Settings of the Duende host (section <c>Duende</c>), beside those of <see cref="IdentitySettings"/>.</summary>
public sealed record DuendeSettings
{
    /// <summary>The licence; null: Duende runs as for development, and says so in its log. Given by the environment or a secret store, never by a file.</summary>
    public string? LicenseKey { get; init; }

    /// <summary>Address under which people reach the gateway: they return there after signing in.</summary>
    public required Uri Gateway { get; init; }

    /// <summary>File of a static RSA key (PEM); null: Duende makes keys itself and lets them follow each other.</summary>
    public string? SigningKeyFile { get; init; }

    /// <summary>Folder of Duende's own keys, sealed with Data Protection. Needed without <see cref="SigningKeyFile"/>, shared by replicas.</summary>
    public string? KeyFolder { get; init; }

    /// <exception cref="InvalidOperationException">A setting is missing.</exception>
    public static DuendeSettings From(IConfiguration configuration)
    {
        var section = configuration.GetSection("Duende");
        var settings = new DuendeSettings
        {
            LicenseKey = section["LicenseKey"],
            Gateway = new Uri(section["Gateway"] ?? throw Missing("Duende:Gateway", "the address under which people reach the gateway")),
            SigningKeyFile = section["SigningKeyFile"],
            KeyFolder = section["KeyFolder"],
        };
        return settings.SigningKeyFile is null && settings.KeyFolder is null
            ? throw Missing("Duende:SigningKeyFile or Duende:KeyFolder", "one static key, or a folder for keys that follow each other")
            : settings;
    }

    private static InvalidOperationException Missing(string name, string what) => new($"{name} is not set: {what}.");
}
