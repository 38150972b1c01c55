using Barnahus.Identity.Accounts;

namespace Barnahus.Identity.Features;

/// <summary>A session to start when the sign-in succeeds.</summary>
/// <param name="SessionId">Made one-way from the secret that the browser will hold; the secret itself never leaves the gateway.</param>
/// <param name="Device">What the browser calls itself.</param>
/// <param name="Address">Network address it comes from.</param>
/// <param name="Absolute">Longest life.</param>
/// <param name="Idle">Longest time without a request.</param>
public sealed record SessionStart(Guid SessionId, string Device, string Address, TimeSpan Absolute, TimeSpan Idle);

/// <param name="Code">Of the second factor.</param>
public sealed record SignInRequest(string LoginName, string Password, string? Code, SessionStart Session);

/// <summary>A person whom a provider in place of the embedded issuer signed in.</summary>
public sealed record ProviderSignInRequest(Guid AccountId, SessionStart Session);

/// <param name="SeenAt">Last request of the session that the gateway knows of.</param>
public sealed record ExchangeRequest(Guid SessionId, DateTimeOffset SeenAt);

/// <param name="ExpiresAt">End of the token.</param>
public sealed record ExchangeReply(string AccessToken, DateTimeOffset ExpiresAt, Holder Account, SessionState Session);

/// <summary>Whose session it is.</summary>
/// <param name="Organisation">OIN.</param>
/// <param name="Recovered">A recovery that the holder is to be told of.</param>
public sealed record Holder(
    Guid AccountId, string Name, IReadOnlyList<string> Roles, string Organisation, IReadOnlyList<string> Regions, RecoveryNotice? Recovered);

/// <summary>Two administrators gave the account a new way in.</summary>
/// <param name="ProposedBy">Name of the one.</param>
/// <param name="ApprovedBy">Name of the other.</param>
public sealed record RecoveryNotice(DateTimeOffset At, string? ProposedBy, string? ApprovedBy);

/// <summary>How a session stands; security time of the provider.</summary>
/// <param name="AuthenticatedAt">When its holder last proved who they are.</param>
/// <param name="Role">Stated role; null: none yet.</param>
public sealed record SessionState(DateTimeOffset StartedAt, DateTimeOffset AuthenticatedAt, string? Role, string? Purpose);

public sealed record PurposeRequest(Guid SessionId, string Role, string Purpose);

/// <summary>Who they are, once more: the password, a code of the second factor or a passkey.</summary>
public sealed record ConfirmationRequest(Guid SessionId, string? Password, string? Code, PasskeyAnswer? Passkey);

/// <param name="SessionId">The session that asks.</param>
/// <param name="Ends">Session of the same account to end; null: all of them but the asking one.</param>
/// <param name="Reason"><c>signed-out</c>, <c>replaced</c>, <c>too-old</c> or <c>by-owner</c>.</param>
public sealed record EndRequest(Guid SessionId, Guid? Ends, string Reason);

/// <summary>The session that asks.</summary>
public sealed record SessionRequest(Guid SessionId);

/// <summary>A session as its owner or the administrator sees it.</summary>
/// <param name="Method">How it was signed in to: <c>password</c>, <c>passkey</c>, or <c>provider</c>: an OpenID provider let them in.</param>
/// <param name="UsedAt">Noted once in a few minutes.</param>
/// <param name="Current">It is the session that asks.</param>
public sealed record SessionReply(
    Guid SessionId, string Method, string? Device, string? Address, DateTimeOffset StartedAt, DateTimeOffset UsedAt, DateTimeOffset ExpiresAt, bool Current);

/// <param name="After">Position of the last reply; null: from now on.</param>
/// <param name="AtMost">Longest wait for something to tell.</param>
public sealed record NewsRequest(long? After, TimeSpan AtMost);

/// <param name="Position">To be sent with the next request.</param>
/// <param name="Changed">Another purpose was stated, or their holder proved once more who they are.</param>
public sealed record NewsReply(long Position, IReadOnlyList<Guid> Ended, IReadOnlyList<Guid> Changed);

/// <param name="Code">Invitation code.</param>
public sealed record InvitationRequest(string LoginName, string Code);

/// <param name="AuthenticatorKey">Base32, for the authenticator app: a new one at each opening, kept by the form alone. Null in the demonstration.</param>
public sealed record InvitationReply(string? AuthenticatorKey);

/// <param name="AuthenticatorKey">The one that the form showed.</param>
/// <param name="AuthenticatorCode">What the app makes of it.</param>
public sealed record ActivationRequest(string LoginName, string Code, string Password, string? AuthenticatorKey, string? AuthenticatorCode);
