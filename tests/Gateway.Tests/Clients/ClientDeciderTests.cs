using Barnahus.Identity.Clients;
using Barnahus.Testing;

namespace Barnahus.Gateway.Tests.Clients;

public sealed class ClientDeciderTests() : DeciderSpec<ClientCommand, Client>(ClientDecider.Decider)
{
    private const string Oin = "00000000000099900001";
    private static readonly string[] Scopes = ["referrals.submit"];
    private static readonly ClientRegistered Registered = new("watch-nederland", "WATCH Nederland", Oin, Scopes);
    private static readonly Guid One = Guid.Parse("01990000-0000-7000-8000-000000000002");
    private static readonly Guid Two = Guid.Parse("01990000-0000-7000-8000-000000000003");
    private static readonly ClientKeyProposed Proposed = new("watch-nederland", "key-1", "PEM", One, Now);
    private static readonly ClientKeyAdded Key = new("watch-nederland", "key-1", "PEM");

    [Fact]
    public Task A_client_comes_with_its_first_key() => Given()
        .When(new ClientCommand.Register("watch-nederland", "WATCH Nederland", Oin, Scopes, "key-1", "PEM", One, Now))
        .Then(Registered, Proposed);

    [Fact]
    public Task The_installation_itself_needs_nobody_else() => Given()
        .When(new ClientCommand.Register("watch-nederland", "WATCH Nederland", Oin, Scopes, "key-1", "PEM", null, Now))
        .Then(Registered, Key);

    [Fact]
    public async Task A_key_is_proposed_by_one_and_approved_by_another_in_time()
    {
        await Given(Registered, Proposed).When(new ClientCommand.ApproveKey("key-1", "PEM", Two, Now)).Then(Key);
        Given(Registered, Proposed).When(new ClientCommand.ApproveKey("key-1", "PEM", One, Now)).ThenRefused("two-administrators");
        Given(Registered, Proposed).When(new ClientCommand.ApproveKey("key-1", "PEM", Two, Now + ClientDecider.Life)).ThenRefused("no-proposal");
        Given(Registered, Proposed).When(new ClientCommand.ApproveKey("key-9", "PEM", Two, Now)).ThenRefused("no-proposal");
        Given(Registered, Proposed).When(new ClientCommand.ApproveKey("key-1", "ANOTHER PEM", Two, Now)).ThenRefused("key-changed");
        Given(Registered, Key).When(new ClientCommand.ApproveKey("key-1", "ANOTHER PEM", Two, Now)).ThenRefused("key-changed");
        await Given(Registered, Proposed).When(new ClientCommand.ApproveKey("key-1", "P\r\nEM\n", Two, Now)).Then(Key);
        Given(Registered, Proposed).When(new ClientCommand.AddKey("key-1", "PEM", Two, Now)).ThenRefused("key-proposed");
        Given(Registered, Proposed).When(new ClientCommand.AddKey("key-1", "ANOTHER PEM", Two, Now)).ThenRefused("key-id-taken");
        await Given(Registered, Proposed).When(new ClientCommand.AddKey("key-1", "ANOTHER PEM", Two, Now + ClientDecider.Life))
            .Then(new ClientKeyProposed("watch-nederland", "key-1", "ANOTHER PEM", Two, Now + ClientDecider.Life));
        await Given(Registered, Proposed).When(new ClientCommand.RemoveKey("key-1")).Then(new ClientKeyRemoved("watch-nederland", "key-1"));
        await Given(Registered, Proposed).When(new ClientCommand.RejectKey("key-1")).Then(new ClientKeyRemoved("watch-nederland", "key-1"));
        Given(Registered, Proposed, Key).When(new ClientCommand.RejectKey("key-1")).ThenRefused("key-in-use");
        await Given(Registered).When(new ClientCommand.RejectKey("key-1")).Then();
        Given(Registered, Proposed, new ClientKeyRemoved("watch-nederland", "key-1")).When(new ClientCommand.ApproveKey("key-1", "PEM", Two, Now)).ThenRefused("no-proposal");
    }

    [Fact]
    public void A_client_id_is_given_once() => Given(Registered, Key)
        .When(new ClientCommand.Register("watch-nederland", "Another", Oin, Scopes, "key-2", "PEM", One, Now))
        .ThenRefused("client-exists");

    [Fact]
    public void A_key_id_never_changes_its_key() => Given(Registered, Key)
        .When(new ClientCommand.AddKey("key-1", "ANOTHER PEM", One, Now))
        .ThenRefused("key-id-taken");

    [Fact]
    public async Task Keys_come_and_go()
    {
        await Given(Registered, Key).When(new ClientCommand.AddKey("key-2", "PEM 2", One, Now)).Then(new ClientKeyProposed("watch-nederland", "key-2", "PEM 2", One, Now));
        await Given(Registered, Key).When(new ClientCommand.AddKey("key-1", "PEM", One, Now)).Then();
        await Given(Registered, Key).When(new ClientCommand.RemoveKey("key-1")).Then(new ClientKeyRemoved("watch-nederland", "key-1"));
        await Given(Registered, Key).When(new ClientCommand.RemoveKey("key-9")).Then();
    }

    [Fact]
    public async Task A_client_is_taken_out_of_use_and_back()
    {
        await Given(Registered, Key).When(new ClientCommand.Disable()).Then(new ClientDisabled("watch-nederland"));
        await Given(Registered, Key, new ClientDisabled("watch-nederland")).When(new ClientCommand.Disable()).Then();
        var proposed = new ClientEnablingProposed("watch-nederland", One, Now);
        await Given(Registered, Key, new ClientDisabled("watch-nederland")).When(new ClientCommand.Enable(One, Now)).Then(proposed);
        await Given(Registered, Key, new ClientDisabled("watch-nederland"), proposed).When(new ClientCommand.Enable(One, Now)).Then();
        await Given(Registered, Key, new ClientDisabled("watch-nederland"), proposed).When(new ClientCommand.Enable(Two, Now)).Then(new ClientEnabled("watch-nederland"));
        var late = Now + ClientDecider.Life;
        await Given(Registered, Key, new ClientDisabled("watch-nederland"), proposed).When(new ClientCommand.Enable(Two, late))
            .Then(new ClientEnablingProposed("watch-nederland", Two, late));
    }

    [Fact]
    public void An_unknown_client_has_no_keys_to_change() =>
        Given().When(new ClientCommand.AddKey("key-1", "PEM", One, Now)).ThenRefused("client-unknown");
}
