using Situational.Web.Texts;

namespace Situational.Web.Pages;

/// <summary>What the wall's page is rendered from.</summary>
/// <param name="Texts">The words, in the visitor's language.</param>
/// <param name="Options">Settings of the wall.</param>
/// <param name="Area">Code of the area to show; empty for the whole city.</param>
/// <param name="Runtime">The runtime in use.</param>
public sealed record WallModel(TextSet Texts, WallOptions Options, string Area, string Runtime);
