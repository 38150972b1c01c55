using System.Diagnostics;
using System.Text.RegularExpressions;

namespace Barnahus.Architecture.Tests;

/// <summary>deploy/compose and deploy/kubernetes: every program is there, hardened, and no secret is written down.</summary>
public sealed partial class DeploymentTests
{
    private static readonly string Compose = Path.Combine(House.Root, "deploy", "compose");
    private static readonly string Kubernetes = Path.Combine(House.Root, "deploy", "kubernetes");

    /// <summary>Folders with a program, as services/Intake. Duende's host is no further one: it takes the identity provider's place.</summary>
    public static TheoryData<string> Programs { get; } = [.. new[] { "services", "gateway" }
        .SelectMany(folder => Directory.GetDirectories(Path.Combine(House.Root, folder)))
        .Where(folder => File.Exists(Path.Combine(folder, "Program.cs")) && Path.GetFileName(folder) != "Identity.Duende")
        .Select(folder => Path.GetRelativePath(House.Root, folder).Replace('\\', '/'))];

    [Theory]
    [MemberData(nameof(Programs))]
    public void Compose_runs_every_program(string program)
    {
        var service = ComposeServices()[Name(program)];
        service.ShouldContain($"PROGRAM: {program} ");
        service.ShouldContain("<<: *program");
        if (Name(program) != "gateway")
        {
            ComposeServices()["gateway"].ShouldContain($"Gateway__Services__{Name(program)}: \"http://{Name(program)}:8080\"");
        }
    }

    [Fact]
    public void Compose_hardens_every_container_and_shows_only_the_gateway()
    {
        var services = ComposeServices();
        services.Values.ShouldAllBe(service => service.Contains("<<: *hardened", StringComparison.Ordinal) || service.Contains("<<: *program", StringComparison.Ordinal));
        services.Where(service => service.Value.Contains("ports:", StringComparison.Ordinal)).Select(service => service.Key).ShouldBe(["gateway"]);
        var head = File.ReadAllText(Path.Combine(Compose, "compose.yaml")).Split("\nservices:")[0];
        foreach (var rule in new[] { "read_only: true", "cap_drop: [ALL]", "no-new-privileges:true", "<<: *hardened", "mem_limit:" })
        {
            head.ShouldContain(rule);
        }

        File.ReadAllText(Path.Combine(Compose, "Dockerfile")).ShouldContain("USER $APP_UID");
    }

    /// <summary>What holds children's data calls nobody; its records leave by a container that holds none.</summary>
    [Fact]
    public void Compose_lets_records_out_by_the_collector_alone_and_only_where_one_is_named()
    {
        var services = ComposeServices();
        services.Where(service => service.Value.Contains("outside", StringComparison.Ordinal)).Select(service => service.Key).ShouldBe(["collector", "gateway"]);
        services["collector"].ShouldContain("profiles: [collector]");
        services["collector"].ShouldNotContain("secrets:");
        var text = File.ReadAllText(Path.Combine(Compose, "compose.yaml"));
        text.ShouldContain("inside: { internal: true }");
        var settings = text.Split("\nx-settings:")[1].Split("\nx-")[0];
        settings.ShouldContain("Otlp__Endpoint: \"${BARNAHUS_COLLECTOR:+http://collector:4318}\"");
        settings.ShouldContain("ProcessingLog__Register: ");
        File.ReadAllText(Path.Combine(Compose, "collector.yaml")).ShouldContain("${env:BARNAHUS_COLLECTOR}");
    }

    /// <summary>A setting that no program reads would be as good as not there: each part of its name is a word of some program, or of the framework.</summary>
    [Fact]
    public void Only_settings_that_a_program_reads_are_given()
    {
        var words = Sources().SelectMany(file => Word().Matches(File.ReadAllText(file)))
            .Select(match => match.Value).ToHashSet(StringComparer.Ordinal);
        var settings = Directory.GetFiles(Compose).Concat(Directory.GetFiles(Kubernetes, "*", SearchOption.AllDirectories))
            .SelectMany(file => Setting().Matches(File.ReadAllText(file))).Select(match => match.Value).Distinct(StringComparer.Ordinal)
            .Where(setting => !setting.StartsWith("Kestrel__", StringComparison.Ordinal) && !setting.StartsWith("Logging__", StringComparison.Ordinal)).ToList();
        settings.Count.ShouldBeGreaterThan(20);
        settings.Where(setting => !setting.Split("__").All(words.Contains)).ShouldBeEmpty();
        words.ShouldNotContain("KeyFil");
    }

    /// <summary>What stands in /run/secrets reaches every program, and each with stores knows <c>Stores:Prepare</c> and the bus's verbs.</summary>
    [Fact]
    public void Every_program_takes_its_secrets_from_files()
    {
        var programs = Sources().Where(file => Path.GetFileName(file) == "Program.cs").ToList();
        programs.ShouldContain(file => file.Contains("Identity.Duende", StringComparison.Ordinal));
        programs.Where(file => !File.ReadAllText(file).Contains(file.Contains("/Gateway/", StringComparison.Ordinal) ? "SecretFiles.Join(args)" : "ServiceProcess.RunAsync(args", StringComparison.Ordinal))
            .ShouldBeEmpty();
    }

    [Fact]
    public void Compose_names_only_secrets_that_are_made()
    {
        var text = File.ReadAllText(Path.Combine(Compose, "compose.yaml"));
        var defined = SecretFile().Matches(text).Select(match => match.Groups["name"].Value).ToHashSet(StringComparer.Ordinal);
        defined.Count.ShouldBeGreaterThan(20);
        using var made = new TemporaryFolder();
        Run("bash", Path.Combine(Compose, "make-secrets"), made.Path).Code.ShouldBe(0);
        defined.Except(Directory.GetFiles(made.Path).Select(file => Path.GetFileName(file)!)).ShouldBeEmpty();
        RunSecrets().Matches(text).Select(match => match.Groups["name"].Value).Except(defined).ShouldBeEmpty();
    }

    [Fact]
    public void No_secret_is_written_down() => Directory.GetFiles(Compose).Concat(Directory.GetFiles(Kubernetes, "*", SearchOption.AllDirectories))
        .Where(file => Path.GetExtension(file) != ".md" && Path.GetFileName(file) != "make-secrets")
        .SelectMany(file => File.ReadLines(file).Where(line => WrittenDown(line)).Select(line => $"{Path.GetFileName(file)}: {line.Trim()}"))
        .ShouldBeEmpty();

    [Theory]
    [InlineData("  POSTGRES_PASSWORD: hunter2", true)]
    [InlineData("  Vault__ConnectionString: \"postgres:Host=postgres;Password=x\"", true)]
    [InlineData("  Bus__ConnectionString: rabbitmq://barnahus:x@rabbitmq", true)]
    [InlineData("  POSTGRES_PASSWORD_FILE: /run/secrets/postgres-superuser", false)]
    [InlineData("  Vault__ConnectionString: { file: secrets/Vault__ConnectionString }", false)]
    public void A_planted_secret_is_found(string line, bool found) => WrittenDown(line).ShouldBe(found);

    [SkippableTheory]
    [MemberData(nameof(Programs))]
    public void Kubernetes_runs_every_program_with_probes_limits_and_a_budget(string program)
    {
        var documents = Rendered();
        var name = Name(program);
        var deployment = Only(documents, "Deployment", name);
        foreach (var rule in new[]
        {
            "livenessProbe:", "readinessProbe:", "startupProbe:", "limits:", "runAsNonRoot: true", "readOnlyRootFilesystem: true",
            "allowPrivilegeEscalation: false", "automountServiceAccountToken: false", $"image: barnahus/{name}\n",
        })
        {
            deployment.ShouldContain(rule);
        }

        var own = $"matchLabels:\n      app.kubernetes.io/name: {name}\n";
        deployment.ShouldContain(own);
        deployment.ShouldContain($"topologySpreadConstraints:\n      - labelSelector:\n          matchLabels:\n            app.kubernetes.io/name: {name}\n");
        Only(documents, "PodDisruptionBudget", name).ShouldContain(own);
        Only(documents, "Service", name).ShouldContain($"selector:\n    app.kubernetes.io/name: {name}\n");
        Only(documents, "Deployment", "gateway")
            .Contains($"name: Gateway__Services__{name}\n          value: http://{name}:8080", StringComparison.Ordinal).ShouldBe(name != "gateway");
    }

    [SkippableFact]
    public void Kubernetes_lets_nothing_pass_that_is_not_named_and_holds_no_secret()
    {
        var documents = Rendered();
        Only(documents, "NetworkPolicy", "nothing").ShouldContain("podSelector: {}\n  policyTypes:\n  - Ingress\n  - Egress");
        Only(documents, "NetworkPolicy", "programs-to-collector").ShouldContain("- port: 4318\n      protocol: TCP\n    to:\n    - namespaceSelector:\n        matchLabels:\n          kubernetes.io/metadata.name: barnahus-collector\n  podSelector:");
        Only(documents, "NetworkPolicy", "programs-to-stores").ShouldContain("- port: 5671\n      protocol: TCP\n    - port: 5672\n");
        documents.ShouldContain(document => document.Contains("\n  Otlp__Endpoint: \"\"\n  ProcessingLog__Register: urn:barnahus:processing\n", StringComparison.Ordinal), "off until a collector is named");
        documents.ShouldNotContain(document => document.Contains("\nkind: Secret\n", StringComparison.Ordinal));
        documents.Where(document => document.Contains("barnahus-owner", StringComparison.Ordinal))
            .ShouldHaveSingleItem().ShouldContain("kind: Job");
    }

    private static IEnumerable<string> Sources() => new[] { "services", "gateway" }
        .SelectMany(folder => Directory.GetFiles(Path.Combine(House.Root, folder), "*.cs", SearchOption.AllDirectories))
        .Where(file => !file.Contains("/obj/", StringComparison.Ordinal) && !file.Contains("/bin/", StringComparison.Ordinal));

    private static string Name(string program) => Path.GetFileName(program).ToLowerInvariant();

    private static bool IsA(string document, string kind, string name) =>
        document.Contains($"\nkind: {kind}\n", StringComparison.Ordinal) && document.Contains($"\n  name: {name}\n", StringComparison.Ordinal);

    private static string Only(string[] documents, string kind, string name) => documents.Where(document => IsA(document, kind, name)).ShouldHaveSingleItem();

    private static bool WrittenDown(string line) => Secret().IsMatch(line);

    /// <summary>Text of each service of compose.yaml, by its name.</summary>
    private static Dictionary<string, string> ComposeServices()
    {
        var services = File.ReadAllText(Path.Combine(Compose, "compose.yaml")).Split("\nservices:\n")[1].Split("\nnetworks:\n")[0];
        return ServiceName().Split(services).Skip(1).Chunk(2).ToDictionary(pair => pair[0], pair => pair[1], StringComparer.Ordinal);
    }

    private static string[] Rendered()
    {
        Skip.IfNot(OnPath("kubectl"), "Kubernetes: kubectl, which renders deploy/kubernetes, is not installed.");
        var (code, text) = Run("kubectl", "kustomize", Kubernetes);
        code.ShouldBe(0, text);
        return [.. text.Split("\n---\n").Select(document => "\n" + document + "\n")];
    }

    private static bool OnPath(string program) => (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator)
        .Any(folder => File.Exists(Path.Combine(folder, program)));

    private static (int Code, string Text) Run(string program, params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, UseShellExecute = false })!;
        var text = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return (process.ExitCode, text);
    }

    [GeneratedRegex(@"\b[A-Z][A-Za-z]+(__[A-Za-z]+)+", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Setting();

    [GeneratedRegex(@"\b[A-Za-z]+\b", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 10000)]
    private static partial Regex Word();

    [GeneratedRegex(@"^  (?<name>[a-z]+):\n", RegexOptions.Multiline | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex ServiceName();

    [GeneratedRegex(@"^  (?<name>[\w.-]+): \{ file: secrets/\k<name> \}$", RegexOptions.Multiline | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex SecretFile();

    [GeneratedRegex(@"/run/secrets/(?<name>[\w.-]+)", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex RunSecrets();

    // A connection string with a password, or a setting of such a name whose value is neither a file nor taken from one.
    [GeneratedRegex(@"://[^/\s$]*:[^/\s$]*@|Password=(?![$%])\w|^\s*-?\s*\w*(PASSWORD|Password|SECRET|Secret)\w*(?<!_FILE)\s*[:=]\s*[""']?\w", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Secret();

    private sealed class TemporaryFolder : IDisposable
    {
        public string Path { get; } = Directory.CreateTempSubdirectory("barnahus-").FullName;

        public void Dispose() => Directory.Delete(Path, recursive: true);
    }
}
