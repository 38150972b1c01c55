using Barnahus.Contracts;
using Barnahus.Identity.Accounts;
using Barnahus.Platform.Bus;
using Barnahus.Platform.EventLog;
using Barnahus.Platform.Privacy;

namespace Barnahus.Identity.Messages;

/// <summary>What an account may act as, for the services. Sign-ins are nobody else's business.</summary>
public sealed class PublishAccountChanged(IEventLog log, EventCodec codec, PersonalData personal) : IPublication
{
    private const int PageSize = 500;

    public IReadOnlyCollection<Type> Of { get; } =
    [
        typeof(AccountInvited), typeof(RoleGranted), typeof(RoleTaken), typeof(RegionGranted), typeof(RegionTaken),
        typeof(AccountDisabled), typeof(AccountEnabled),
    ];

    /// <summary>The state as of this event, so that the same event always gives the same message.</summary>
    public async ValueTask<object?> MessageAsync(Recorded recorded, CancellationToken cancellationToken)
    {
        var account = await StateAtAsync(recorded.Envelope, cancellationToken);
        return new AccountChanged(
            recorded.Source(),
            account.Id!.Value,
            account.Name is { } name ? personal.ToSealedField(name) : null,
            [.. account.Roles],
            account.Organisation,
            [.. account.Regions],
            account.Disabled);
    }

    private async Task<Account> StateAtAsync(Envelope envelope, CancellationToken cancellationToken)
    {
        var state = Account.Initial;
        for (var next = 0L; next <= envelope.Revision;)
        {
            var count = (int)Math.Min(PageSize, envelope.Revision - next + 1);
            var page = await log.ReadStreamAsync(envelope.Stream, next, count, ReadDirection.Forwards, cancellationToken);
            state = page.Aggregate(state, (account, logged) => Account.Evolve(account, codec.Decode(logged).Event));
            next += count;
        }

        return state;
    }
}
