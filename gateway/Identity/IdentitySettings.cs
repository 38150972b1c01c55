using Barnahus.Platform.Hosting;

namespace Barnahus.Identity;

/// <summary>Settings of the identity provider (section <c>Identity</c>).</summary>
public sealed record IdentitySettings
{
    private const int LeastSecret = 20;

    /// <summary><c>Tokens:Issuer</c>, the <c>iss</c> of every token: the address under which people and partners reach Barnahus, without a slash at the end.</summary>
    public required string Issuer { get; init; }

    /// <summary>Address under which people reach the gateway: there they take invitations up and use passkeys. The issuer's, unless people sign in at a provider with an address of its own.</summary>
    public required Uri Gateway { get; init; }

    /// <summary>PEM public key of the gateway, or the path of a file that holds it.</summary>
    public required string GatewayKey { get; init; }

    /// <summary>Demonstration (root <c>Demo</c>): accounts and partners are made up, and no second factor is asked. Never with real children.</summary>
    public bool Demo { get; init; }

    /// <summary>Folder (root <c>Data</c>) for what the demonstration writes: its password and the partners' keys.</summary>
    public required string DataFolder { get; init; }

    /// <summary>OIN of the organisation that runs this installation: the first administrator belongs to it.</summary>
    public required string Organisation { get; init; }

    /// <summary>Code with which the first administrator takes up the account; null: a random one is printed at start.</summary>
    public string? SetupSecret { get; init; }

    /// <summary>The same for the second administrator. Another person's: what one of the two proposes, the other approves.</summary>
    public string? SecondSetupSecret { get; init; }

    /// <summary>Login name of one more administrator that the installation itself makes, where too few are left to approve anything; null: none.</summary>
    public string? NewAdministrator { get; init; }

    /// <summary>Password of the demonstration accounts; null: a random one, kept in the data folder.</summary>
    public string? DemoPassword { get; init; }

    /// <summary>Rounds of PBKDF2-SHA512 for a password.</summary>
    public int PasswordRounds { get; init; }

    /// <summary>Access tokens that a machine client may ask for in any minute (root <c>Limits:TokensPerClient</c>), at each provider; one lives for five.</summary>
    public int TokensPerClient { get; init; }

    /// <exception cref="SettingException">A setting is missing or cannot be used.</exception>
    public static IdentitySettings From(IConfiguration configuration)
    {
        var section = configuration.GetSection("Identity");
        var key = section["GatewayKey"] ?? throw Missing("Identity:GatewayKey", "the gateway's public key (PEM), or its file");
        var issuer = configuration["Tokens:Issuer"] ?? throw Missing("Tokens:Issuer", "the address under which Barnahus is reached");
        var settings = new IdentitySettings
        {
            Issuer = issuer.TrimEnd('/'),
            Gateway = new Uri(section["Gateway"] ?? issuer),
            GatewayKey = key.Contains("BEGIN", StringComparison.Ordinal) ? key : File.ReadAllText(key),
            Demo = configuration.GetValue("Demo", false),
            DataFolder = configuration["Data"] ?? "data",
            Organisation = section["Organisation"] ?? "00000000000099900100",
            SetupSecret = section["SetupSecret"],
            SecondSetupSecret = section["SecondSetupSecret"],
            NewAdministrator = section["NewAdministrator"],
            DemoPassword = section["DemoPassword"],
            PasswordRounds = section.GetValue("PasswordRounds", 210_000),
            TokensPerClient = configuration.GetValue("Limits:TokensPerClient", 60),
        };
        return settings.SetupSecret is { Length: < LeastSecret } || settings.SecondSetupSecret is { Length: < LeastSecret }
            ? throw new SettingException($"Identity:SetupSecret and Identity:SecondSetupSecret need {LeastSecret} characters or more.")
            : settings;
    }

    private static SettingException Missing(string name, string what) => new($"{name} is not set: {what}.");
}
