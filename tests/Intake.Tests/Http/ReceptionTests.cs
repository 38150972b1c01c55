using System.Text.Json.Nodes;
using Barnahus.Intake.Schema;
using Barnahus.Platform.Access;
using Barnahus.Testing;

namespace Barnahus.Intake.Tests.Http;

/// <summary>How referrals come in, and what is sent back.</summary>
public sealed class ReceptionTests
{
    [Fact]
    public async Task Every_case_is_received_once_and_its_partner_gets_the_same_receipt_again()
    {
        await using var intake = await IntakeFixture.StartAsync(Cases.Time(12).AddDays(1));
        foreach (var number in Cases.Numbers)
        {
            var first = await IntakeFixture.SendAsync(intake.AsPartner(number), Cases.Text(number)).JsonAsync(201);
            var second = await IntakeFixture.SendAsync(intake.AsPartner(number), Cases.Text(number)).JsonAsync(200);
            second.ToString().ShouldBe(first.ToString());
        }

        await intake.Service.CaughtUpAsync();
        (await intake.GetAsync("/referrals?pageSize=100")).GetArrayLength().ShouldBe(12);
        (await intake.GetAsync("/referrals?region=Noord-Nederland")).GetArrayLength().ShouldBe(3);

        var page = await intake.AsOfficer().GetAsync("/intake/v1/referrals?page=2&pageSize=5");
        page.Headers.GetValues("Link").Single().ShouldContain("</api/intake/v1/referrals?");
        page.Headers.GetValues("Link").Single().ShouldContain("rel=\"next\"");
        var own = await intake.AsPartner(5).GetAsync("/intake/v1/referrals").JsonAsync(200);
        own.EnumerateArray().Select(receipt => receipt.GetProperty("id").GetString()).ShouldBe(["ref-2026-0005", "ref-2026-0007"]);
        var others = (await intake.SubmitReceiptAsync(1)).GetProperty("referralId").GetGuid();
        await intake.AsPartner(5).GetAsync($"/intake/v1/referrals/{others}").JsonAsync(404);
        (await intake.AsPartner(1).GetAsync($"/intake/v1/referrals/{others}").JsonAsync(200)).GetProperty("status").GetString().ShouldBe("received");
    }

    [Fact]
    public async Task The_same_id_with_another_content_is_refused_and_the_order_of_fields_does_not_matter()
    {
        await using var intake = await IntakeFixture.StartAsync(Cases.Time(1));
        await intake.SubmitAsync(1);
        var other = Cases.Event(1);
        other["data"]!["acuteUnsafety"] = true;
        (await IntakeFixture.SendAsync(intake.AsPartner(1), other.ToJsonString()).JsonAsync(409)).GetProperty("rule").GetString().ShouldBe("referral-differs");
        var turned = new JsonObject(Cases.Event(1).Reverse().Select(member => KeyValuePair.Create(member.Key, member.Value?.DeepClone())));
        await IntakeFixture.SendAsync(intake.AsPartner(1), turned.ToJsonString()).JsonAsync(200);
    }

    [Theory]
    [InlineData("specversion", "0.3")]
    [InlineData("type", "nl.barnahus.other.v1")]
    [InlineData("source", "urn:nld:oin:1")]
    [InlineData("id", "Jason Verhoeven")]
    [InlineData("id", "jason")]
    [InlineData("time", "yesterday")]
    [InlineData("dataschema", "urn:other")]
    [InlineData("subject", "999990019")]
    [InlineData("extension", "verhoeven-999990019")]
    public async Task A_wrong_attribute_is_named(string attribute, string value)
    {
        await using var intake = await IntakeFixture.StartAsync(Cases.Time(1));
        var message = Cases.Event(1);
        message[attribute] = value;
        var problem = await IntakeFixture.SendAsync(intake.AsPartner(1), message.ToJsonString()).JsonAsync(400);
        problem.GetProperty("errors").TryGetProperty(attribute, out _).ShouldBeTrue();
        problem.ToString().ShouldNotContain("999990019");
    }

    [Fact]
    public async Task What_cannot_be_taken_is_said_with_its_own_status()
    {
        await using var intake = await IntakeFixture.StartAsync(Cases.Time(1));
        var partner = intake.AsPartner(1);
        await IntakeFixture.SendAsync(partner, Cases.Text(1).PadRight(CloudEvent.MaxBytes + 1)).JsonAsync(413);
        await IntakeFixture.SendAsync(partner, Cases.Text(1).PadRight(CloudEvent.MaxBytes)).JsonAsync(201);
        await IntakeFixture.SendAsync(partner, "{", CloudEvent.MediaType).JsonAsync(400);
        await IntakeFixture.SendAsync(partner, "[]", CloudEvent.MediaType).JsonAsync(400);
        await IntakeFixture.SendAsync(partner, Cases.Text(1), "text/plain").JsonAsync(415);
        await IntakeFixture.SendAsync(partner, Cases.Text(1), "application/json").JsonAsync(403);
        await IntakeFixture.SendAsync(intake.AsPartner(2), Cases.Text(1)).JsonAsync(403);
        await IntakeFixture.SendAsync(intake.Service.AsPartner(Cases.Oin(1), Scopes.ReadReceipts), Cases.Text(1)).JsonAsync(403);
        var wrong = Cases.Event(1);
        wrong["data"]!["child"]!["bsn"] = "1";
        (await IntakeFixture.SendAsync(partner, wrong.ToJsonString()).JsonAsync(400)).GetProperty("errors").TryGetProperty("data.child.bsn", out _).ShouldBeTrue();
    }

    [Fact]
    public async Task An_officer_enters_a_referral_by_hand_and_is_warned_of_a_word()
    {
        await using var intake = await IntakeFixture.StartAsync(Cases.Time(1));
        var data = Cases.Event(1)["data"]!.AsObject();
        data["opinions"]![0]!["what"] = "Slachtoffer van een loverboy.";
        var receipt = await IntakeFixture.SendAsync(intake.AsOfficer(), data.ToJsonString(), "application/json").JsonAsync(201);
        receipt.GetProperty("wording")[0].GetProperty("term").GetString().ShouldBe("loverboy*");
        await IntakeFixture.SendAsync(intake.AsOfficer(), Cases.Text(1)).JsonAsync(403);
        var schema = await intake.Service.Client().GetAsync("/intake/v1/schemas/referral-submitted.v1.json").JsonAsync(200);
        schema.GetProperty("$id").GetString().ShouldBe("urn:barnahus:referral-submitted:v1");
    }

    [Fact]
    public async Task A_referral_of_another_region_is_not_there()
    {
        await using var intake = await IntakeFixture.StartAsync(Cases.Time(1));
        var referral = await intake.SubmitAsync(1);
        var elsewhere = intake.Service.As(IntakeFixture.Officer, Roles.IntakeOfficer, "Limburg");
        await elsewhere.GetAsync($"/intake/v1/referrals/{referral}").JsonAsync(404);
        (await elsewhere.GetAsync("/intake/v1/referrals").JsonAsync(200)).GetArrayLength().ShouldBe(0);
        await elsewhere.PostAsync($"/intake/v1/referrals/{referral}/triage", new { }).JsonAsync(404);
        await intake.AsOfficer().GetAsync("/intake/v1/referrals?status=lost").JsonAsync(400);
    }
}
