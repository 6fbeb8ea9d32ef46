using Situational.Web.Texts;

namespace Situational.Web.Pages;

/// <summary>What the wall's page is rendered from.</summary>
/// <param name="Texts">The words, in the visitor's language.</param>
/// <param name="Options">Settings of the wall.</param>
/// <param name="Area">Code of the area to show; empty for the whole city.</param>
/// <param name="Runtime">The runtime in use.</param>
/// <param name="Names">What the city calls the codes on the feed.</param>
public sealed record WallModel(TextSet Texts, WallOptions Options, string Area, string Runtime, WallNames Names)
{
    /// <summary>The names as the script reads them: <c>{"categories":[[code,name],…],"whistles":[…]}</c>.</summary>
    public string NamesJson => Names.ToJson();
}
