using MassTransit;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Barnahus.Platform.Hosting;

/// <summary>A service as any host takes it: everything it needs, in one place.</summary>
/// <param name="Name">E.g. <c>intake</c>: prefix of routes, event types and configuration.</param>
/// <param name="Add">Registers its parts.</param>
/// <param name="Consumers">Registers its consumers of messages.</param>
/// <param name="Map">Maps its endpoints.</param>
public sealed record ServiceModule(
    string Name, Action<IServiceCollection> Add, Action<IRegistrationConfigurator> Consumers, Action<IEndpointRouteBuilder> Map);
