using System.Text.Json;
using System.Text.Json.Nodes;
using Barnahus.Intake.Referrals;
using Barnahus.Intake.Schema;
using Barnahus.Platform.Deciding;

namespace Barnahus.Intake.Tests.Schema;

public sealed class SchemaTests
{
    public static TheoryData<int> AllCases => [.. Cases.Numbers];

    /// <summary>A place in a valid referral, what is put there, and the field that must be named.</summary>
    public static TheoryData<string, string, string> Bad => new()
    {
        { "anonymous", "\"yes\"", "anonymous" },
        { "child", "null", "child" },
        { "facts", "[]", "facts" },
        { "facts", "[{\"what\":\"\"}]", "facts[0].what" },
        { "facts", "[{\"what\":\"x\",\"when\":\"yesterday\"}]", "facts[0].when" },
        { "facts", "[{\"what\":\"x\",\"when\":\"2026-09-01\"}]", "facts[0].when" },
        { "facts", "[{\"what\":\"x\",\"guilty\":true}]", "facts[0]" },
        { "suspicions", "[\"loverboy\"]", "suspicions[0]" },
        { "suspicions", "[\"online\",\"online\"]", "suspicions" },
        { "municipalities", "[{\"code\":\"0344\",\"involvement\":[\"home\"]}]", "municipalities[0].code" },
        { "municipalities", "[{\"code\":\"GM0344\",\"involvement\":[\"work\"]}]", "municipalities[0].involvement[0]" },
        { "disclosureByChild", "null", "disclosureByChild" },
        { "lastEventAt", "\"2026-09-01T10:00:00\"", "lastEventAt" },
        { "lastEventAt", "\"9999-12-31T23:59:59Z\"", "lastEventAt" },
        { "parents", "[{\"relation\":\"mother\",\"suspected\":false}]", "parents[0].custody" },
        { "needs", "[7]", "needs[0]" },
        { "structuredNeeds", "{\"notBefore\":\"25:00\"}", "structuredNeeds.notBefore" },
        { "structuredNeeds", "{\"interviewerGender\":\"any\"}", "structuredNeeds.interviewerGender" },
        { "reportingCode", "{}", "reportingCode.stepsTaken" },
        { "surname", "\"Verhoeven\"", "data" },
        { "childWishes", "\"\\ud800\"", "data" },
    };

    public static TheoryData<string, string> BadChild => new()
    {
        { "birthDate", "\"2018-02-30\"" }, { "birthDate", "\"11-03-2018\"" }, { "birthDate", "\"9999-12-31\"" }, { "birthDate", "\"0001-01-01\"" }, { "estimatedAge", "99" }, { "estimatedAge", "8.5" }, { "gender", "\"male\"" },
        { "bsn", "\"999990018\"" }, { "bsn", "\"99999001\"" }, { "bsn", "999990019" }, { "language", "\"Dutch\"" }, { "language", "\"nl\\n\"" }, { "givenName", "\"\"" },
    };

    [Theory]
    [MemberData(nameof(AllCases))]
    public void Every_case_validates_and_binds(int number)
    {
        var content = Cases.Content(number);
        content.Facts.ShouldNotBeEmpty();
        content.Child.GivenName.ShouldBe((string?)Cases.Event(number)["data"]!["child"]!["givenName"]);
    }

    [Theory]
    [MemberData(nameof(Bad))]
    public void What_is_wrong_is_named_by_its_field(string field, string value, string named)
    {
        var data = Cases.Event(1)["data"]!.AsObject();
        Errors(With(data, field, value)).Keys.ShouldContain(named);
    }

    [Theory]
    [MemberData(nameof(BadChild))]
    public void What_is_wrong_of_the_child_is_named(string field, string value)
    {
        var data = Cases.Event(1)["data"]!.AsObject();
        data["child"] = JsonNode.Parse(With(data["child"]!.AsObject(), field, value));
        Errors(data.ToJsonString()).Keys.ShouldBe([$"child.{field}"]);
    }

    [Fact]
    public void No_more_parents_are_named_than_a_file_lets_go_of_with_their_referral()
    {
        Cases.Read(JsonNode.Parse(Naming(ReferredParent.Most))!).Parents.Count.ShouldBe(ReferredParent.Most);
        Errors(Naming(ReferredParent.Most + 1)).Keys.ShouldBe(["parents"]);

        static string Naming(int parents) => With(
            Cases.Event(1)["data"]!.AsObject(),
            "parents",
            $"[{string.Join(',', Enumerable.Repeat("""{"relation":"mother","suspected":false,"custody":true}""", parents))}]");
    }

    [Fact]
    public void Required_fields_are_required()
    {
        foreach (var field in new[] { "reporter", "anonymous", "child", "facts", "suspicions", "disclosureByChild", "acuteUnsafety" })
        {
            var data = Cases.Event(1)["data"]!.AsObject();
            data.Remove(field);
            Errors(data.ToJsonString())[field].ShouldBe(["is required"]);
        }
    }

    [Fact]
    public void Errors_never_repeat_what_was_sent()
    {
        var data = Cases.Event(1)["data"]!.AsObject();
        data["Verhoeven"] = "999990019";
        data["child"]!["bsn"] = "Geheim";
        var said = JsonSerializer.Serialize(Errors(data.ToJsonString()));
        said.ShouldNotContain("Verhoeven");
        said.ShouldNotContain("Geheim");
    }

    [Fact]
    public void Residence_status_is_accepted_and_not_kept() =>
        JsonSerializer.Serialize(Cases.Content(10)).ShouldNotContain("asylum");

    [Fact]
    public void Whatever_the_schema_lets_through_binds()
    {
        // Every optional field left out in turn, and set to null where the schema allows it.
        var full = Cases.Event(3)["data"]!.AsObject();
        foreach (var field in full.Select(member => member.Key).ToList())
        {
            foreach (var value in new[] { null, "null" })
            {
                var data = JsonNode.Parse(full.ToJsonString())!.AsObject();
                data.Remove(field);
                using var document = JsonDocument.Parse(value is null ? data.ToJsonString() : With(data, field, value));
                if (new ReferralSchema().Document.Validate(document.RootElement).Count == 0)
                {
                    Should.NotThrow(() => new ReferralSchema().Read(document.RootElement, null), field);
                }
            }
        }
    }

    [Fact]
    public void A_schema_that_says_more_than_is_enforced_is_not_loaded() =>
        Should.Throw<NotSupportedException>(() => JsonSchema.Load("""{ "type": "object", "properties": { "a": { "multipleOf": 2 } } }"""));

    [Theory]
    [InlineData("999990019", true)]
    [InlineData("999990238", true)]
    [InlineData("999990018", false)]
    [InlineData("000000000", false)]
    [InlineData("12345678", false)]
    public void A_citizen_service_number_passes_the_eleven_test(string number, bool valid) => Bsn.IsValid(number).ShouldBe(valid);

    private static string With(JsonObject data, string field, string value)
    {
        data.Remove(field);
        var text = data.ToJsonString();
        return $"{text[..^1]},\"{field}\":{value}}}";
    }

    private static IReadOnlyDictionary<string, string[]> Errors(string data)
    {
        using var document = JsonDocument.Parse(data);
        return Should.Throw<InvalidException>(() => new ReferralSchema().Read(document.RootElement, null)).Errors;
    }
}
