namespace Barnahus.Identity.Accounts;

/// <summary>What can be asked of an account. All times are security time.</summary>
public abstract record AccountCommand
{
    private AccountCommand()
    {
    }

    /// <summary>What is done to what: names the command among those of one request.</summary>
    internal string Step => this switch
    {
        Grant grant => $"Grant/{grant.Right.Kind}/{grant.Right.Name}",
        ApproveRight approve => $"ApproveRight/{approve.Right.Kind}/{approve.Right.Name}",
        RejectRight reject => $"RejectRight/{reject.Right.Kind}/{reject.Right.Name}",
        TakeRole take => $"TakeRole/{take.Role}",
        TakeRegion take => $"TakeRegion/{take.Region}",
        _ => GetType().Name,
    };

    /// <param name="InvitationHash">SHA-256 of the code, base64.</param>
    public sealed record Invite(
        Guid AccountId,
        string LoginName,
        string Name,
        string Organisation,
        string InvitationHash,
        DateTimeOffset ExpiresAt) : AccountCommand;

    /// <param name="By">Account of the hand that invites; null for the installation itself.</param>
    public sealed record InviteAgain(
        string InvitationHash, DateTimeOffset ExpiresAt, DateTimeOffset At, Guid? By) : AccountCommand;

    /// <param name="By">Account of the administrator.</param>
    public sealed record ProposeRecovery(Guid By, string Reason, DateTimeOffset At) : AccountCommand;

    /// <param name="By">Account of the administrator.</param>
    public sealed record ApproveRecovery(
        Guid By, string InvitationHash, DateTimeOffset ExpiresAt, DateTimeOffset At) : AccountCommand;

    /// <param name="By">Account of the administrator.</param>
    public sealed record RejectRecovery(Guid By, DateTimeOffset At) : AccountCommand;

    /// <summary>The holder has seen it.</summary>
    public sealed record SeeRecovery(DateTimeOffset At) : AccountCommand;

    /// <param name="CredentialId">Base64.</param>
    /// <param name="PublicKey">COSE, base64.</param>
    public sealed record AddPasskey(
        Guid PasskeyId,
        string CredentialId,
        string PublicKey,
        string Name,
        IReadOnlyList<string> Transports,
        long SignCount,
        bool BackupEligible,
        bool BackedUp,
        DateTimeOffset At) : AccountCommand;

    public sealed record UsePasskey(Guid PasskeyId, long SignCount, bool BackedUp, DateTimeOffset At) : AccountCommand;

    public sealed record RemovePasskey(Guid PasskeyId, DateTimeOffset At) : AccountCommand;

    /// <param name="AuthenticatorKey">Base32 key of the second factor that the holder proved; null in the demonstration.</param>
    public sealed record Activate(string PasswordHash, string? AuthenticatorKey, DateTimeOffset At) : AccountCommand;

    public sealed record SetPassword(string PasswordHash, bool EndsSessions, DateTimeOffset At) : AccountCommand;

    /// <param name="By">Account of the administrator, who proposes it; null for the installation itself, which gives it at once.</param>
    public sealed record Grant(Right Right, Guid? By, DateTimeOffset At) : AccountCommand;

    /// <param name="By">Account of the administrator.</param>
    public sealed record ApproveRight(Right Right, Guid By, DateTimeOffset At) : AccountCommand;

    /// <param name="By">Account of the administrator.</param>
    public sealed record RejectRight(Right Right, Guid By, DateTimeOffset At) : AccountCommand;

    public sealed record TakeRole(string Role, Guid? By) : AccountCommand;

    public sealed record TakeRegion(string Region, Guid? By) : AccountCommand;

    public sealed record SignIn(DateTimeOffset At) : AccountCommand;

    public sealed record FailSignIn(DateTimeOffset At) : AccountCommand;

    public sealed record Lock(DateTimeOffset Until) : AccountCommand;

    public sealed record Disable(Guid? By) : AccountCommand;

    public sealed record Enable(Guid By, DateTimeOffset At) : AccountCommand;
}
