namespace Barnahus.Contracts;

/// <summary>Where a message comes from: the event in the sender's stream. Its event id is the message id.</summary>
/// <param name="EventId">Event that caused the message.</param>
/// <param name="Stream">Stream of the sender. What is older than what was already applied from it is ignored.</param>
/// <param name="Revision">Revision in that stream.</param>
/// <param name="OccurredAt">Domain time of the event, UTC.</param>
/// <param name="CorrelationId">What it belongs to.</param>
public sealed record Source(Guid EventId, string Stream, long Revision, DateTimeOffset OccurredAt, Guid CorrelationId);

/// <summary>A personal value on the bus: sealed as in the sender's log. The receiver opens it with the vault and seals it anew for its own event.</summary>
/// <param name="Subject">Whose key, e.g. <c>child:0198…</c>.</param>
/// <param name="Regime">Under which regime.</param>
/// <param name="EventId">Event it is bound to.</param>
/// <param name="Field">Field it is bound to.</param>
/// <param name="Cipher">Nonce, tag and ciphertext.</param>
public sealed record SealedField(string Subject, string Regime, Guid EventId, string Field, byte[] Cipher);

/// <summary>
/// Which services take a message. The publisher makes their inboxes before it publishes, so that a service that has not started yet misses nothing;
/// a test compares it with the consumers there are.
/// </summary>
/// <param name="services">Names of the services, e.g. <c>intake</c>.</param>
[AttributeUsage(AttributeTargets.Class)]
public sealed class TakenByAttribute(params string[] services) : Attribute
{
    public IReadOnlyList<string> Services { get; } = services;
}
