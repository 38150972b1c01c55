using System.Collections.Immutable;
using Barnahus.Platform.Deciding;
using Barnahus.Platform.EventLog;
using Barnahus.Platform.Privacy;

namespace Barnahus.Identity.Accounts;

/// <summary>All login names in one stream: a name is taken at the exact revision at which it was seen to be free, so two can never get the same.</summary>
public sealed record LoginNames(ImmutableDictionary<Guid, Personal<string>> ByAccount)
{
    public const string Stream = "identity.login-names";

    public static readonly LoginNames Initial = new(ImmutableDictionary<Guid, Personal<string>>.Empty);

    public static readonly Decider<TakeLoginName, LoginNames> Decider = new(
        Initial,
        (command, names) => names.ByAccount.ContainsKey(command.AccountId)
            ? Decision.Nothing
            : Decision.Accept(new LoginNameTaken(command.AccountId, Personal.Of(command.LoginName))),
        Evolve);

    private static LoginNames Evolve(LoginNames names, IEvent @event) => @event switch
    {
        LoginNameTaken e => new(names.ByAccount.SetItem(e.AccountId, e.LoginName)),
        _ => throw new InvalidOperationException($"Login names do not know {@event.GetType().Name}."),
    };
}

/// <param name="LoginName">As normalised by <see cref="LoginNameNormaliser"/>; seen to be free by the sender.</param>
public sealed record TakeLoginName(Guid AccountId, string LoginName);
