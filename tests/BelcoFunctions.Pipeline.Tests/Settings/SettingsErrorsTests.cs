using BelcoFunctions.Pipeline.Settings;

namespace BelcoFunctions.Pipeline.Tests.Settings;

public sealed class SettingsErrorsTests
{
    [Fact]
    public void The_errors_of_all_groups_are_reported_at_once()
    {
        var errors = new SettingsErrors();

        Assert.Null(errors.Read(() => Wrong("one", "two")));
        Assert.Equal("right", errors.Read(() => "right"));
        Assert.Null(errors.Read(() => Wrong("three")));

        var exception = Assert.Throws<SettingsException>(errors.ThrowIfAny);
        Assert.Equal(["one", "two", "three"], exception.Errors);
        Assert.Equal(string.Join(Environment.NewLine, "one", "two", "three"), exception.Message);
    }

    [Fact]
    public void Without_an_error_nothing_is_thrown()
    {
        var errors = new SettingsErrors();
        errors.Read(() => "right");

        errors.ThrowIfAny();
    }

    [Fact]
    public void Any_other_exception_is_rethrown() =>
        Assert.Throws<FormatException>(() => new SettingsErrors().Read<string>(() => throw new FormatException()));

    private static string Wrong(params string[] errors) => throw new SettingsException(errors);
}
