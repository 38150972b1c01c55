using Barnahus.Platform.Deciding;
using Barnahus.Platform.EventLog;

namespace Barnahus.Identity.Accounts;

/// <summary>By whose hand accounts change in this scope: an administrator's, or (default) the identity provider's own, as when somebody signs in.</summary>
public sealed class Hand(TimeProvider time)
{
    private readonly Guid _own = Guid.CreateVersion7();
    private CommandContext? _context;
    private bool _begun;

    /// <summary>Account of the person who acts; null for the installation itself.</summary>
    public Guid? AccountId => _context?.Actor.AccountId;

    /// <summary>Security time.</summary>
    public DateTimeOffset Now => time.GetUtcNow();

    /// <summary>From here on this person acts.</summary>
    public void Acts(CommandContext context)
    {
        _context = context;
        _begun = false;
    }

    /// <summary>
    /// Context for the next command. Of a person's request its id follows from what is done, not from its turn: repeated after a crash half-way,
    /// each step is known by itself, whichever were done. The provider's own deeds are never repeated.
    /// </summary>
    /// <param name="step">What is done to what, e.g. <c>GrantRole/auditor</c>; once per request and stream.</param>
    public CommandContext Next(string step)
    {
        if (_context is null)
        {
            return new(Guid.CreateVersion7(), Actor.System("identity"), null, Now, _own);
        }

        var seen = _begun ? null : _context.IfRevision;
        _begun = true;
        return _context.Then(step) with { Now = Now, IfRevision = seen };
    }
}
