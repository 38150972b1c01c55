using Barnahus.Platform.Access;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Hosting;
using OpenTelemetry;
using OpenTelemetry.Exporter;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;

namespace Barnahus.Platform.Hosting;

/// <summary>
/// Sends the platform's traces and measures and the processing log to a collector, where <c>Otlp:Endpoint</c> names one (OTLP over HTTP, e.g.
/// <c>http://127.0.0.1:4318</c>). The sources of the web framework are left out: their spans carry addresses.
/// </summary>
internal sealed class OtlpExport(IConfiguration configuration, IHostEnvironment environment) : IHostedService, IDisposable
{
    private TracerProvider? _traces;
    private MeterProvider? _measures;

    public Task StartAsync(CancellationToken cancellationToken)
    {
        if (configuration["Otlp:Endpoint"] is { Length: > 0 } endpoint)
        {
            var about = ResourceBuilder.CreateEmpty().AddService(configuration["Otlp:Service"] is { Length: > 0 } named ? named : environment.ApplicationName, "barnahus");
            _traces = Sdk.CreateTracerProviderBuilder()
                .SetResourceBuilder(about)
                .SetSampler(new AlwaysOnSampler())
                .AddSource(Telemetry.Name, ProcessingLog.Name)
                .AddOtlpExporter(options => To(options, endpoint, "v1/traces"))
                .Build();
            _measures = Sdk.CreateMeterProviderBuilder()
                .SetResourceBuilder(about)
                .AddMeter(Telemetry.Name)
                .AddOtlpExporter(options => To(options, endpoint, "v1/metrics"))
                .Build();
        }

        return Task.CompletedTask;
    }

    /// <summary>What was not sent yet is sent now, for as long as the collector takes it.</summary>
    public Task StopAsync(CancellationToken cancellationToken)
    {
        _traces?.ForceFlush(5000);
        _measures?.ForceFlush(5000);
        return Task.CompletedTask;
    }

    public void Dispose()
    {
        _traces?.Dispose();
        _measures?.Dispose();
    }

    private static void To(OtlpExporterOptions options, string endpoint, string path)
    {
        options.Protocol = OtlpExportProtocol.HttpProtobuf;
        options.Endpoint = new Uri($"{endpoint.TrimEnd('/')}/{path}");
    }
}
