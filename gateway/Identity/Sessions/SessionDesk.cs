using Barnahus.Identity.Accounts;
using Barnahus.Identity.Features;
using Barnahus.Identity.Tokens;
using Barnahus.Platform.Deciding;
using Barnahus.Platform.Privacy;

namespace Barnahus.Identity.Sessions;

/// <summary>Starts sessions, exchanges them for access tokens, and ends them.</summary>
public sealed class SessionDesk(CommandHandler handler, PersonalData personal, AccessTokens tokens, Hand hand)
{
    private const int LongestDevice = 300;

    /// <summary>Starts a session for somebody who was let in, and gives its first token.</summary>
    /// <param name="method"><c>password</c>, <c>passkey</c> or <c>provider</c>.</param>
    public async Task<ExchangeReply> StartAsync(Account account, string method, SessionStart start, CancellationToken cancellationToken)
    {
        var now = hand.Now;
        var device = start.Device.Length > LongestDevice ? start.Device[..LongestDevice] : start.Device;
        var session = await SendAsync(
            new SessionCommand.Start(start.SessionId, account.Id!.Value, method, device, start.Address, now, now + start.Absolute, start.Idle), cancellationToken);
        return await ReplyAsync(account, start.SessionId, session, cancellationToken);
    }

    /// <summary>
    /// A token for the holder of a session. Folds the account's own stream: what was taken from an account is gone with its next token.
    /// </summary>
    /// <returns>Null: the session is over, or the account is gone, disabled, or had its password changed since.</returns>
    public async Task<ExchangeReply?> ExchangeAsync(Guid sessionId, DateTimeOffset seenAt, CancellationToken cancellationToken)
    {
        try
        {
            var session = await SendAsync(new SessionCommand.Use(sessionId, seenAt, hand.Now), cancellationToken);
            return await HolderAsync(session, cancellationToken) is { } account ? await ReplyAsync(account, sessionId, session, cancellationToken) : null;
        }
        catch (RefusedException)
        {
            return null;
        }
    }

    /// <summary>The session and its holder's account, while both are good.</summary>
    public async Task<(Session Session, Account Account)?> OpenAsync(Guid sessionId, CancellationToken cancellationToken)
    {
        var (session, _) = await handler.StateAsync(Session.Decider, Session.Stream(sessionId), cancellationToken);
        return session is { AccountId: not null, Ended: false } && hand.Now <= session.ExpiresAt && await HolderAsync(session, cancellationToken) is { } account
            ? (session, account)
            : null;
    }

    /// <exception cref="RefusedException">The session is over.</exception>
    public async Task<Session> SendAsync(SessionCommand command, CancellationToken cancellationToken) =>
        (await handler.HandleAsync(
            Session.Decider, Session.Stream(command.SessionId), command, hand.Next($"{command.GetType().Name}-{command.SessionId:N}"), cancellationToken)).State;

    /// <summary>A fresh token that says when the holder last proved who they are.</summary>
    public async Task<ExchangeReply> ReplyAsync(Account account, Guid sessionId, Session session, CancellationToken cancellationToken)
    {
        var token = await tokens.ForAsync(account, sessionId, session.AuthenticatedAt, cancellationToken);
        var notice = account.Recovered is { } recovered
            ? new RecoveryNotice(
                recovered.At, await NameAsync(recovered.ProposedBy, cancellationToken), await NameAsync(recovered.ApprovedBy, cancellationToken))
            : null;
        var holder = new Holder(
            account.Id!.Value, Name(account) ?? "", [.. account.Roles], account.Organisation!, [.. account.Regions], notice);
        return new(token.Token, token.ExpiresAt, holder, new(session.StartedAt, session.AuthenticatedAt, session.Role, session.Purpose));
    }

    private string? Name(Account account) => account.Name is { } name ? personal.Open(name).ValueOrDefault : null;

    private async Task<string?> NameAsync(Guid accountId, CancellationToken cancellationToken) =>
        Name((await handler.StateAsync(AccountDecider.Decider, Account.Stream(accountId), cancellationToken)).State);

    private async Task<Account?> HolderAsync(Session session, CancellationToken cancellationToken)
    {
        var (account, _) = await handler.StateAsync(AccountDecider.Decider, Account.Stream(session.AccountId!.Value), cancellationToken);
        return account is { Disabled: false, PasswordHash: not null, Name: not null } && session.StartedAt >= account.SessionsFrom ? account : null;
    }
}
