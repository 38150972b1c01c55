namespace Barnahus.Gateway.Pages;

/// <summary>The one script of these pages, built into the assembly as the style sheet is.</summary>
public static class PasskeyScript
{
    public const string Path = "/account/passkeys.js";

    public static void Map(IEndpointRouteBuilder routes) => StyleSheet.MapResource(routes, Path, "passkeys.js", "text/javascript");
}
