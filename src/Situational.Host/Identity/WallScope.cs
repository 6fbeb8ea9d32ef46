using Situational.Host.Setup;
using Situational.Web;

namespace Situational.Host.Identity;

/// <summary>Tells the wall's page which area the visitor may see and what serves it.</summary>
internal sealed class WallScope : IWallScope
{
    /// <inheritdoc />
    public string Runtime => RuntimeName.Value;

    /// <inheritdoc />
    public string? AreaOf(HttpContext context) => Access.AreaOf(context.User);
}
