using System.Buffers.Text;
using System.Diagnostics;
using System.Security.Cryptography;
using System.Text;
using Barnahus.Platform.Deciding;
using Barnahus.Platform.EventLog;
using Barnahus.Platform.Privacy;
using Microsoft.Extensions.Configuration;

namespace Barnahus.Platform.Access;

/// <summary>
/// The processing log (standard Logboek Dataverwerkingen): that a processing of the register touched somebody's data, and never who did it. That stands in the
/// <see cref="AccessLog"/> for a look, and the operation id alone joins the two; for a change in the event log, beside the same operation and trace. One
/// span per subject, exported over OTLP (<c>Otlp:Endpoint</c>).
/// </summary>
/// <remarks>
/// Setting <c>ProcessingLog:Register</c>: address of the register of processing activities; the purpose is its last part.
/// Accounts are no subjects of it: they are who processes. Subjects are encrypted (AES-256-GCM) under a key derived from the installation's secret: equal
/// subjects do not look equal.
/// </remarks>
public sealed class ProcessingLog : IDisposable
{
    /// <summary>Name of the activity source.</summary>
    public const string Name = "Barnahus.Processing";

    /// <summary>Kind of a processing (Wpg art. 32a): something was looked at.</summary>
    public const string Consult = "consult";

    /// <summary>Kind of a processing (Wpg art. 32a): something was written.</summary>
    public const string Change = "change";

    /// <summary>Kind of a processing (Wpg art. 32a): it was destroyed, by its key. Of the decision: what a crash leaves half-way is finished at a start.</summary>
    public const string Destroy = "destroy";

    /// <summary>Span attribute that joins with <see cref="Looked.OperationId"/>, and for a change with <see cref="Envelope.CorrelationId"/>.</summary>
    public const string OperationId = "barnahus.operation_id";

    private const string Purpose = "barnahus-processing-log";
    private static readonly string[] Kinds = [SubjectId.Child(default).Kind, SubjectId.Referral(default).Kind, SubjectId.Person(default).Kind];
    private static readonly ActivitySource Source = new(Name);
    private readonly string _register;
    private readonly Lazy<KeyEncryptionKey> _key;

    public ProcessingLog(IKeyVault vault, IConfiguration configuration)
    {
        _register = configuration["ProcessingLog:Register"] is { Length: > 0 } register ? register.TrimEnd('/') : "urn:barnahus:processing";
        _key = new(() => new KeyEncryptionKey(HKDF.DeriveKey(HashAlgorithmName.SHA256, vault.MatchKey().ToArray(), KeyEncryptionKey.Bytes, info: Encoding.UTF8.GetBytes(Purpose))));
    }

    /// <summary>Records that an operation touched data of these subjects. Costs nothing where nobody takes the spans.</summary>
    /// <param name="operationId">The request, or what a message or a timer set going.</param>
    /// <param name="context">Its purpose and trace; who it was is left out.</param>
    /// <param name="kind"><see cref="Consult"/>, <see cref="Change"/> or <see cref="Destroy"/>.</param>
    /// <param name="subjects">Of whom; who is named twice is recorded once.</param>
    public void Record(Guid operationId, CommandContext context, string kind, IEnumerable<SubjectId> subjects)
    {
        if (!Source.HasListeners())
        {
            return;
        }

        foreach (var subject in subjects.Distinct().Where(subject => Kinds.Contains(subject.Kind)))
        {
            using var span = Source.StartActivity(kind, ActivityKind.Internal, context.TraceParent);
            var separator = _register.StartsWith("urn:", StringComparison.Ordinal) ? ':' : '/';
            span?.SetTag(OperationId, operationId.ToString("D"));
            span?.SetTag("dpl.core.processing_activity_id", $"{_register}{separator}{context.Purpose ?? Unstated(context.Actor)}");
            span?.SetTag("dpl.core.data_subject_id", Encrypt(subject));
            span?.SetTag("dpl.core.data_subject_id_type", subject.Kind);
            span?.SetStatus(ActivityStatusCode.Ok);
        }
    }

    /// <summary>Whom a record is about: for who answers a person's question about the processing of their data.</summary>
    /// <exception cref="CryptographicException">It is not of this installation, or its secret was changed since.</exception>
    public SubjectId Decrypt(string subject) =>
        SubjectId.Parse(Encoding.UTF8.GetString(_key.Value.Unwrap(Base64Url.DecodeFromChars(subject), Encoding.UTF8.GetBytes(Purpose))));

    public void Dispose()
    {
        if (_key.IsValueCreated)
        {
            _key.Value.Dispose();
        }
    }

    /// <summary>The activity of who states no purpose: a partner has one only, and the system goes on with what was set going.</summary>
    private static string Unstated(Actor actor) => actor.Role == Caller.Partner ? "referral" : "continuation";

    private string Encrypt(SubjectId subject) =>
        Base64Url.EncodeToString(_key.Value.Wrap(Encoding.UTF8.GetBytes(subject.ToString()), Encoding.UTF8.GetBytes(Purpose)));
}
