namespace BelcoFunctions.Viewer.Tests.Browser;

/// <summary>A test in a real browser, through <c>belco serve</c>. Without Chromium or Node.js it is skipped, unless
/// BELCO_REQUIRE_BROWSER=1.</summary>
public sealed class BrowserFactAttribute : FactAttribute
{
    public BrowserFactAttribute() => Skip = Chromium.ReasonToSkip;
}

/// <summary>The same for a theory.</summary>
public sealed class BrowserTheoryAttribute : TheoryAttribute
{
    public BrowserTheoryAttribute() => Skip = Chromium.ReasonToSkip;
}
