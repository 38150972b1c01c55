using Barnahus.Identity.Clients;
using Barnahus.Testing;

namespace Barnahus.Gateway.Tests.Clients;

public sealed class ClientDeciderTests() : DeciderSpec<ClientCommand, Client>(ClientDecider.Decider)
{
    private const string Oin = "00000000000099900001";
    private static readonly string[] Scopes = ["referrals.submit"];
    private static readonly ClientRegistered Registered = new("watch-nederland", "WATCH Nederland", Oin, Scopes);
    private static readonly ClientKeyAdded Key = new("watch-nederland", "key-1", "PEM");

    [Fact]
    public Task A_client_comes_with_its_first_key() => Given()
        .When(new ClientCommand.Register("watch-nederland", "WATCH Nederland", Oin, Scopes, "key-1", "PEM"))
        .Then(Registered, Key);

    [Fact]
    public void A_client_id_is_given_once() => Given(Registered, Key)
        .When(new ClientCommand.Register("watch-nederland", "Another", Oin, Scopes, "key-2", "PEM"))
        .ThenRefused("client-exists");

    [Fact]
    public void A_key_id_never_changes_its_key() => Given(Registered, Key)
        .When(new ClientCommand.AddKey("key-1", "ANOTHER PEM"))
        .ThenRefused("key-id-taken");

    [Fact]
    public async Task Keys_come_and_go()
    {
        await Given(Registered, Key).When(new ClientCommand.AddKey("key-2", "PEM 2")).Then(new ClientKeyAdded("watch-nederland", "key-2", "PEM 2"));
        await Given(Registered, Key).When(new ClientCommand.AddKey("key-1", "PEM")).Then();
        await Given(Registered, Key).When(new ClientCommand.RemoveKey("key-1")).Then(new ClientKeyRemoved("watch-nederland", "key-1"));
        await Given(Registered, Key).When(new ClientCommand.RemoveKey("key-9")).Then();
    }

    [Fact]
    public async Task A_client_is_taken_out_of_use_and_back()
    {
        await Given(Registered, Key).When(new ClientCommand.Disable()).Then(new ClientDisabled("watch-nederland"));
        await Given(Registered, Key, new ClientDisabled("watch-nederland")).When(new ClientCommand.Disable()).Then();
        await Given(Registered, Key, new ClientDisabled("watch-nederland")).When(new ClientCommand.Enable()).Then(new ClientEnabled("watch-nederland"));
    }

    [Fact]
    public void An_unknown_client_has_no_keys_to_change() =>
        Given().When(new ClientCommand.AddKey("key-1", "PEM")).ThenRefused("client-unknown");
}
