using Barnahus.Platform.EventLog;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Barnahus.Platform.Privacy;

/// <summary>Adds the key vault and what seals and opens with it.</summary>
public static class PrivacyRegistration
{
    /// <summary>
    /// Adds <see cref="IKeyVault"/> (the SQLite file), <see cref="PersonalData"/> and <see cref="EventCodec"/>.
    /// The vault is opened when it is first asked for, and closed with the container.
    /// </summary>
    public static IServiceCollection AddPrivacy(this IServiceCollection services, VaultOptions options)
    {
        services.TryAddSingleton<IKeyVault>(_ =>
        {
            Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(options.Database))!);
            return SqliteKeyVault.Open(options.Database, options.LoadKey());
        });
        services.TryAddSingleton<PersonalData>();
        services.TryAddSingleton<EventTypes>();
        services.TryAddSingleton<EventCodec>();
        return services;
    }
}
