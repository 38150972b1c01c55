using System.Diagnostics;
using System.Globalization;
using System.Security.Claims;
using Barnahus.Platform.Deciding;
using Barnahus.Platform.EventLog;
using Barnahus.Platform.Hosting;
using Barnahus.Platform.Privacy;
using Microsoft.AspNetCore.Http;

namespace Barnahus.Platform.Access;

/// <summary>Who sends this request, in which role and why, read once from the token and the session's headers. One per request.</summary>
public sealed class Caller
{
    public const string PurposeHeader = "Barnahus-Purpose";
    public const string RoleHeader = "Barnahus-Role";

    /// <summary>Claim that names the session, for the access record alone: nothing is authorised on it.</summary>
    public const string SessionClaim = "sid";

    /// <summary>Role of a machine client in the log: a partner's system.</summary>
    public const string Partner = "partner";

    private readonly HttpContext _http;
    private readonly DomainClock _clock;
    private readonly Dictionary<SubjectId, SortedSet<string>> _looks = [];
    private readonly HashSet<SubjectId> _admitted = [];
    private Guid? _requestId;
    private bool _recorded;

    public Caller(IHttpContextAccessor accessor, DomainClock clock)
    {
        _http = accessor.HttpContext ?? throw new InvalidOperationException("There is a caller only within a request.");
        _clock = clock;
        var user = _http.User;
        Client = user.FindFirstValue("client_id") ?? "";
        Organisation = user.FindFirstValue("org");
        Roles = [.. user.FindAll("role").Select(claim => claim.Value)];
        Regions = [.. user.FindAll("region").Select(claim => claim.Value)];
        Scopes = [.. user.FindAll("scope").SelectMany(claim => claim.Value.Split(' ', StringSplitOptions.RemoveEmptyEntries))];
        IsPerson = Roles.Count > 0 && Guid.TryParse(user.FindFirstValue("sub"), out _);
        AccountId = IsPerson ? Guid.Parse(user.FindFirstValue("sub")!) : null;
        var stated = _http.Request.Headers[RoleHeader].ToString();
        Role = stated.Length > 0 ? stated : Roles.Count == 1 ? Roles[0] : "";
        Purpose = _http.Request.Headers[PurposeHeader].ToString() is { Length: > 0 } purpose ? purpose : null;
        SessionId = Guid.TryParse(user.FindFirstValue(SessionClaim), out var session) ? session : null;
        TokenEndsAt = long.TryParse(user.FindFirstValue("exp"), NumberStyles.None, CultureInfo.InvariantCulture, out var seconds)
            ? DateTimeOffset.FromUnixTimeSeconds(seconds)
            : DateTimeOffset.MinValue;
    }

    /// <summary>A person with an account; else a machine client.</summary>
    public bool IsPerson { get; }

    public Guid? AccountId { get; }

    /// <summary>Role acted in: one of <see cref="Roles"/>; empty when none was stated and several are possible.</summary>
    public string Role { get; }

    public IReadOnlyList<string> Roles { get; }

    /// <summary>OIN.</summary>
    public string? Organisation { get; }

    public IReadOnlyList<string> Regions { get; }

    public IReadOnlyList<string> Scopes { get; }

    public string Client { get; }

    /// <summary>Purpose stated for the session; checked against the role before any handler runs.</summary>
    public string? Purpose { get; }

    /// <summary>Session of the person at the identity provider; null where the token names none.</summary>
    public Guid? SessionId { get; }

    /// <summary>End of the token's life (security time): an answer that goes on is good until then. A token without an end has ended.</summary>
    public DateTimeOffset TokenEndsAt { get; }

    public Actor Actor => new(AccountId, IsPerson ? Role : Partner, Organisation, Client);

    /// <summary>What was seen of whom during this request.</summary>
    public IReadOnlyDictionary<SubjectId, SortedSet<string>> Looks => _looks;

    /// <summary>Whom this request may change: a refusal by a rule tells something of them.</summary>
    public IReadOnlyCollection<SubjectId> Admitted => _admitted;

    /// <summary>Identity of this request: from Idempotency-Key when given (of this account, for this address), else new.</summary>
    public Guid RequestId => _requestId ??= _http.Request.Headers["Idempotency-Key"].ToString() is { Length: > 0 } key
        ? DerivedId.From($"{AccountId?.ToString("D") ?? Client}|{_http.Request.Method}|{_http.Request.Path}|{key}")
        : FreshId.New();

    /// <summary>Context of the command that this request asks for.</summary>
    /// <exception cref="InvalidException">If-Match is no revision.</exception>
    public CommandContext Command() => new(RequestId, Actor, Purpose, _clock.Now, RequestId, Activity.Current?.Id)
    {
        IfRevision = IfMatch(),
        BodyMark = _http.Features.Get<BodyMark>()?.Value,
    };

    /// <summary>Records in this request's access record that something of a subject was seen. Durable before the body leaves.</summary>
    /// <exception cref="InvalidOperationException">The record was made already: a body that is put together while it is written would be seen unrecorded.</exception>
    public void Saw(SubjectId subject, params ReadOnlySpan<string> what)
    {
        if (_recorded)
        {
            throw new InvalidOperationException("The looks of this request were recorded already. Make the body before it is answered.");
        }

        if (!_looks.TryGetValue(subject, out var seen))
        {
            _looks.Add(subject, seen = new SortedSet<string>(StringComparer.Ordinal));
        }

        foreach (var name in what)
        {
            seen.Add(name);
        }
    }

    /// <summary>The caller was let in to change something of a subject: the answer, or the rule that refuses, is a look at it.</summary>
    public void Admit(SubjectId subject) => _admitted.Add(subject);

    /// <summary>What was looked up does not leave with the answer after all.</summary>
    internal void ForgetLooks() => _looks.Clear();

    /// <summary>From now on nothing can be seen any more.</summary>
    internal void CloseLooks() => _recorded = true;

    private long? IfMatch()
    {
        var text = _http.Request.Headers.IfMatch.ToString();
        if (text.Length == 0 || text == "*")
        {
            return null;
        }

        return long.TryParse(text.Trim('"'), NumberStyles.None, CultureInfo.InvariantCulture, out var revision)
            ? revision
            : throw new InvalidException("If-Match", "Send the ETag you were given, e.g. \"3\".");
    }
}
