using System.Text;
using Barnahus.Platform.Deciding;
using Barnahus.Platform.EventLog;
using Barnahus.Platform.Hosting;
using Barnahus.Platform.Privacy;
using Microsoft.Extensions.Configuration;

namespace Barnahus.Platform.Tests.Hosting;

/// <summary>
/// The rehearsal of docs/runbooks/backup-and-restore.md: all four stores are backed up while they are in use and restored elsewhere, the vault from
/// before a key was destroyed. What was there is there, and what was destroyed stays destroyed.
/// </summary>
public abstract class BackupContract : IAsyncLifetime
{
    protected static readonly string[] AllStores = ["EventLog", "AccessLog", "Vault", "State"];

    private static readonly CancellationToken None = CancellationToken.None;
    private static readonly KeyName Kept = new(SubjectId.Child(DerivedId.From("kept")), Regime.Care);
    private static readonly KeyName Erased = new(SubjectId.Child(DerivedId.From("erased")), Regime.Care);

    protected string Folder { get; } = Directory.CreateTempSubdirectory("barnahus-backup-").FullName;

    protected string KeyFile => Path.Combine(Folder, "keys", "vault.key");

    public virtual async Task InitializeAsync()
    {
        KeyEncryptionKey.Create(KeyFile).Dispose();
        await Task.CompletedTask;
    }

    public virtual Task DisposeAsync()
    {
        Directory.Delete(Folder, recursive: true);
        return Task.CompletedTask;
    }

    [SkippableFact]
    public async Task Everything_is_there_again_and_what_was_destroyed_is_not()
    {
        byte[] key, match;
        IReadOnlyList<LoggedEvent> events, accesses;
        await using (var stores = Open(restored: false))
        {
            key = await KeyAsync(stores, Kept);
            await KeyAsync(stores, Erased);
            match = stores.Vault.MatchKey().ToArray();
            await BackUpAsync("Vault");

            await AppendAsync(stores.Log, 3);
            await AppendAsync(stores.Accesses, 2);
            var lease = (await stores.State.TryLeaseAsync("job", "me", TimeSpan.FromMinutes(1), None)).ShouldNotBeNull();
            await stores.State.SaveAsync(lease, new LogPosition(2), None);
            var id = Guid.NewGuid();
            await new KeyDestruction(stores.Log, stores.Vault).DestroyAsync(Erased, new CommandContext(id, Actor.System("test"), null, DateTimeOffset.UnixEpoch, id), None);
            events = await stores.Log.ReadAllAsync(LogPosition.Start, 100, None);
            accesses = await stores.Accesses.ReadAllAsync(LogPosition.Start, 100, None);
            foreach (var store in AllStores.Except(["Vault"]))
            {
                await BackUpAsync(store);
            }

            await AppendAsync(stores.Log, 1);
        }

        await RestoreAsync();
        await using var again = Open(restored: true);
        (await again.Log.ReadAllAsync(LogPosition.Start, 100, None)).Select(Content).ShouldBe(events.Select(Content));
        (await again.Accesses.ReadAllAsync(LogPosition.Start, 100, None)).Select(Content).ShouldBe(accesses.Select(Content));
        (await again.State.LoadAsync("job", None)).ShouldBe(new LogPosition(2));
        again.Vault.MatchKey().ToArray().ShouldBe(match);
        again.Vault.Get(Kept).ShouldBeOfType<KeyState.Present>().Bytes.ToArray().ShouldBe(key);
        again.Vault.Get(Erased).ShouldBe(new KeyState.Destroyed(DateTimeOffset.UnixEpoch));
        (await again.Vault.GetOrCreateAsync(Erased, None)).ShouldBeOfType<KeyState.Destroyed>();

        // And it goes on.
        (await AppendAsync(again.Log, 1)).Position.ShouldBe(new LogPosition(events[^1].Position.Value + 1));
    }

    /// <summary>Configuration of the stores, those in use or those restored.</summary>
    protected abstract Dictionary<string, string?> Settings(bool restored);

    /// <summary>Copies one store while it is in use.</summary>
    protected abstract Task BackUpAsync(string store);

    /// <summary>Makes new stores of the copies.</summary>
    protected abstract Task RestoreAsync();

    private static async Task<byte[]> KeyAsync(Stores stores, KeyName name) =>
        (await stores.Vault.GetOrCreateAsync(name, None)).ShouldBeOfType<KeyState.Present>().Bytes.ToArray();

    private static Task<Appended> AppendAsync(IEventLog log, int count) => log.AppendAsync(
        $"test.thing-{Guid.NewGuid():D}",
        StreamRevision.None,
        [.. Enumerable.Range(0, count).Select(i => new EventToAppend(Guid.NewGuid(), "test.happened.v1", Encoding.UTF8.GetBytes($"{{\"n\":{i}}}"), "{}"u8.ToArray()))],
        None);

    private static string Content(LoggedEvent e) =>
        $"{e.Position} {e.Stream} {e.Revision} {e.Id} {e.Type} {e.RecordedAt:O} {Convert.ToHexString(e.Data.Span)} {Convert.ToHexString(e.Metadata.Span)}";

    private Stores Open(bool restored) => Stores.Open(new ConfigurationBuilder()
        .AddInMemoryCollection(Settings(restored))
        .AddInMemoryCollection([new("Vault:KeyFile", KeyFile), new("Data", Path.Combine(Folder, restored ? "restored" : "data"))])
        .Build());
}
