namespace Barnahus.Platform.Access;

/// <summary>What there is to see of a child: the columns of access.md.</summary>
public enum DataGroup
{
    Identity,

    /// <summary>Referral, file, needs.</summary>
    File,
    Whereabouts,
    Advice,

    /// <summary>The account of the child: recording, transcript, parts.</summary>
    Account,
    Summary,
    Medical,
    Measures,
    Clocks,
    Timeline,
    Accesses,
}

/// <summary>How much of a group one sees. <see cref="None"/> is answered like absence.</summary>
public enum Sight
{
    None,

    /// <summary>A stable pseudonym and what carries no personal data.</summary>
    Pseudonym,

    /// <summary>Names of things only: which measures there are, not what they say.</summary>
    Names,

    /// <summary>What one needs to receive the child well: structured needs, nothing of what happened.</summary>
    Needs,

    /// <summary>All but what is restricted until the interview was held.</summary>
    UntilInterview,
    Full,
}

/// <summary>What opens a group to a role.</summary>
public enum Through
{
    /// <summary>Nothing does.</summary>
    Nothing,

    /// <summary>Being on the child's team in this role; for a judge that is being assigned the case.</summary>
    Team,

    /// <summary>A disclosure decision in force, by the controller of that part.</summary>
    Disclosure,

    /// <summary>An explicit, expiring, logged grant.</summary>
    Grant,

    /// <summary>The role alone (oversight).</summary>
    Role,
}

/// <summary>Whose role decides on disclosures of a part of the record (access.md).</summary>
/// <param name="Decides">Role that decides.</param>
/// <param name="Agrees">Role without whose agreement the decision has no force; null: none.</param>
public sealed record Controller(string Decides, string? Agrees = null);

/// <summary>One cell of the matrix.</summary>
/// <param name="Sight">How much is seen once it is opened.</param>
/// <param name="Through">What opens it.</param>
/// <param name="Granted">What an explicit grant makes of it; none where a grant adds nothing.</param>
public sealed record Cell(Sight Sight, Through Through, Sight Granted = Sight.None);
