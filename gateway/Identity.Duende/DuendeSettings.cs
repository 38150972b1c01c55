using Barnahus.Platform.Hosting;

namespace Barnahus.Identity.Duende;

/// <summary>Settings of the Duende host (section <c>Duende</c>), beside those of <see cref="IdentitySettings"/>.</summary>
public sealed record DuendeSettings
{
    /// <summary>The licence; null: Duende runs as for development, and says so in its log. Given by the environment or a secret store, never by a file.</summary>
    public string? LicenseKey { get; init; }

    /// <summary>File of a static RSA key (PEM); null: Duende makes keys itself and lets them follow each other.</summary>
    public string? SigningKeyFile { get; init; }

    /// <summary>
    /// Folder of Duende's own keys and of the key ring that seals them, and cookies and forms with them; shared by replicas. Needed without
    /// <see cref="SigningKeyFile"/>. Who can read it can sign.
    /// </summary>
    public string? KeyFolder { get; init; }

    /// <summary>Attempts a minute of one address to sign in.</summary>
    public int SignInsPerAddress { get; init; } = 60;

    /// <exception cref="InvalidOperationException">A setting is missing.</exception>
    public static DuendeSettings From(IConfiguration configuration)
    {
        var section = configuration.GetSection("Duende");
        var settings = new DuendeSettings
        {
            LicenseKey = section["LicenseKey"],
            SigningKeyFile = section["SigningKeyFile"],
            KeyFolder = section["KeyFolder"],
        };
        return settings.SigningKeyFile is null && settings.KeyFolder is null
            ? throw new SettingException("Duende:SigningKeyFile or Duende:KeyFolder is not set: one static key, or a folder for keys that follow each other.")
            : settings with { SignInsPerAddress = section.GetValue("SignInsPerAddress", settings.SignInsPerAddress) };
    }
}
