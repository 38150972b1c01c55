using System.Net;
using System.Text.Json;
using Barnahus.Platform.Access;
using Barnahus.Platform.Deciding;
using Barnahus.Platform.Hosting;
using Barnahus.Testing;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Xunit.Abstractions;

namespace Barnahus.Platform.Tests.Access;

/// <summary>
/// Who comes to an address at all: the role acted in is one of the account's, the address is open to it, and a purpose of that role is stated. Every role that is
/// held x role that is stated x purpose, over HTTP.
/// </summary>
public sealed class PurposeTests(ITestOutputHelper output)
{
    private static readonly ServiceModule Doors = new("doors", _ => { }, _ => { }, routes =>
    {
        var doors = routes.MapService("doors");
        doors.MapGet("/for-nobody", () => Reply.Read(new { }));
        foreach (var role in Roles.All)
        {
            doors.MapGet($"/for-{role}", () => Reply.Read(new { })).Allow(role);
        }
    });

    [Fact]
    public async Task Nobody_passes_without_a_role_of_their_own_that_is_let_in_and_a_purpose_of_that_role()
    {
        await using var service = await ServiceFixture.StartAsync([Doors]);
        var purposes = Roles.All.SelectMany(role => Purposes.For(role)).Select(purpose => purpose.Code).Distinct().Append("").Append("curiosity").ToList();
        int passed = 0, refused = 0;
        foreach (var held in Roles.All)
        {
            foreach (var stated in (string[])[.. Roles.All, "", "director"])
            {
                foreach (var purpose in purposes)
                {
                    // An account of one role need not say which it acts in.
                    var role = stated.Length == 0 ? held : stated;
                    var may = role == held && Purposes.For(role).Any(one => one.Code == purpose);
                    using var client = service.Client(
                        ("Test-Sub", $"{DerivedId.From(held):D}"), ("Test-Role", held), (Caller.RoleHeader, stated), (Caller.PurposeHeader, purpose));
                    using var answer = await client.GetAsync($"/doors/v1/for-{(Roles.All.Contains(role) ? role : held)}");
                    answer.StatusCode.ShouldBe(may ? HttpStatusCode.OK : HttpStatusCode.Forbidden, $"{held} as '{stated}' for '{purpose}'");
                    _ = may ? passed++ : refused++;
                }
            }
        }

        output.WriteLine($"Role held x role stated x purpose: {passed + refused}, of which {passed} let in and {refused} refused.");
        passed.ShouldBeGreaterThanOrEqualTo(2 * Roles.All.Count);
    }

    [Fact]
    public async Task An_address_is_open_to_the_roles_it_names_and_one_that_names_none_to_nobody()
    {
        await using var service = await ServiceFixture.StartAsync([Doors]);
        foreach (var role in Roles.All)
        {
            var client = service.As(DerivedId.From(role), role);
            foreach (var door in Roles.All.Append("nobody"))
            {
                using var answer = await client.GetAsync($"/doors/v1/for-{door}");
                answer.StatusCode.ShouldBe(door == role ? HttpStatusCode.OK : HttpStatusCode.Forbidden, $"{role} at {door}");
                if (door != role)
                {
                    JsonDocument.Parse(await answer.Content.ReadAsStringAsync()).RootElement.GetProperty("type").GetString().ShouldBe("urn:barnahus:problem:role");
                }
            }
        }
    }
}
