using Barnahus.Platform.Deciding;
using Barnahus.Platform.EventLog;

namespace Barnahus.Identity.Accounts;

/// <summary>By whose hand accounts change in this scope: an administrator's, or (default) the identity provider's own, as when somebody signs in.</summary>
public sealed class Hand(TimeProvider time)
{
    private CommandContext? _context;
    private int _step;

    /// <summary>Account of the person who acts; null for the installation itself.</summary>
    public Guid? AccountId => _context?.Actor.AccountId;

    /// <summary>Security time.</summary>
    public DateTimeOffset Now => time.GetUtcNow();

    /// <summary>From here on this person acts.</summary>
    public void Acts(CommandContext context)
    {
        _context = context;
        _step = 0;
    }

    /// <summary>Context for the next command. Repeating the request gives the same ids in the same order.</summary>
    public CommandContext Next(string step)
    {
        _context ??= new(Guid.CreateVersion7(), Actor.System("identity"), null, time.GetUtcNow(), Guid.CreateVersion7());
        var seen = _step == 0 ? _context.IfRevision : null;
        return _context.Then($"{step}-{_step++}") with { Now = time.GetUtcNow(), IfRevision = seen };
    }
}
