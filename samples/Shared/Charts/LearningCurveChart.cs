using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Xml.Linq;
using SdCompiler.Samples.Shared.Training;

namespace SdCompiler.Samples.Shared.Charts;

/// <summary>Draws learning curves as an SVG document: epochs across, a measure up, a legend, and a dashed line at the optimum where it is known.</summary>
internal sealed class LearningCurveChart
{
    private const double Width = 760;
    private const double Height = 440;
    private const double Left = 68;
    private const double Right = 190;
    private const double Top = 54;
    private const double Bottom = 56;
    private const string Ink = "#1f2933";
    private const string Faint = "#6b7785";
    private const string Grid = "#e4e8ec";
    private static readonly XNamespace Svg = "http://www.w3.org/2000/svg";

    private readonly string _title;
    private readonly Measure _measure;
    private readonly Curve[] _curves;
    private readonly double? _optimum;
    private readonly double _endEpoch;
    private readonly double _low;
    private readonly double _high;

    /// <summary>A chart.</summary>
    /// <param name="title">Its heading.</param>
    /// <param name="measure">What the lines show.</param>
    /// <param name="curves">The lines; points that are not finite are left out, and on a logarithmic axis those that are not positive.</param>
    /// <param name="optimum">The value of a perfect model, if known.</param>
    public LearningCurveChart(string title, Measure measure, IEnumerable<Curve> curves, double? optimum = null)
    {
        _title = title;
        _measure = measure;
        _curves = curves.Select(curve => curve with { Points = curve.Points.Where(IsDrawable).ToArray() }).ToArray();
        _optimum = optimum;
        double[] values = _curves.SelectMany(curve => curve.Points).Select(point => point.Value).Concat(optimum is double known ? [known] : []).ToArray();
        _endEpoch = Math.Max(1, _curves.SelectMany(curve => curve.Points).Select(point => point.Epoch).DefaultIfEmpty(1).Max());
        double lowest = values.DefaultIfEmpty(1).Min();
        double highest = values.DefaultIfEmpty(1000).Max();
        double margin = Math.Max((highest - lowest) * 0.08, 0.01);
        _low = measure.Logarithmic ? lowest / 1.08 : lowest - margin;
        _high = measure.Logarithmic ? highest * 1.08 : highest + margin;
    }

    /// <summary>The document's text.</summary>
    public string Render()
    {
        XElement root = new(
            Svg + "svg",
            new XAttribute("viewBox", Text(0, 0, Width, Height)),
            new XAttribute("width", Number(Width)),
            new XAttribute("height", Number(Height)),
            new XAttribute("font-family", "system-ui, -apple-system, 'Segoe UI', Helvetica, Arial, sans-serif"),
            new XAttribute("role", "img"),
            new XElement(Svg + "title", _title),
            new XElement(Svg + "rect", new XAttribute("width", "100%"), new XAttribute("height", "100%"), new XAttribute("fill", "#ffffff")),
            Label(Left, 30, _title, 16, Ink, weight: "600"));
        root.Add(MeasureAxis());
        root.Add(EpochAxis());
        if (_optimum is double optimum)
        {
            root.Add(Line(Left, Y(optimum), Width - Right, Y(optimum), Faint, new XAttribute("stroke-dasharray", "5 4"), new XAttribute("stroke-width", "1.3")));
        }

        root.Add(_curves.SelectMany(DrawCurve));
        root.Add(Legend());
        return new XDocument(root).ToString() + "\n";
    }

    private bool IsDrawable(CurvePoint point) => double.IsFinite(point.Value) && (point.Value > 0 || !_measure.Logarithmic) && double.IsFinite(point.Epoch);

    private IEnumerable<XElement> MeasureAxis()
    {
        foreach (double tick in _measure.Logarithmic ? AxisTicks.Logarithmic(_low, _high) : AxisTicks.Linear(_low, _high))
        {
            yield return Line(Left, Y(tick), Width - Right, Y(tick), Grid);
            yield return Label(Left - 8, Y(tick) + 4, tick.ToString("0.##", CultureInfo.InvariantCulture), 12, Faint, anchor: "end");
        }

        XElement name = Label(0, 0, _measure.Logarithmic ? _measure.Name + " (log scale)" : _measure.Name, 12, Faint, anchor: "middle");
        name.Add(new XAttribute("transform", $"translate(20 {Number((Top + Height - Bottom) / 2)}) rotate(-90)"));
        yield return name;
    }

    private IEnumerable<XElement> EpochAxis()
    {
        double axis = Height - Bottom;
        yield return Line(Left, axis, Width - Right, axis, Faint);
        foreach (double tick in AxisTicks.Whole(_endEpoch))
        {
            yield return Line(X(tick), axis, X(tick), axis + 4, Faint);
            yield return Label(X(tick), axis + 18, Number(tick), 12, Faint, anchor: "middle");
        }

        yield return Label((Left + Width - Right) / 2, Height - 16, "epochs", 12, Faint, anchor: "middle");
    }

    private IEnumerable<XElement> DrawCurve(Curve curve)
    {
        if (curve.Points.Count == 0)
        {
            yield break;
        }

        yield return new XElement(
            Svg + "polyline",
            new XAttribute("points", string.Join(' ', curve.Points.Select(point => $"{Number(X(point.Epoch))},{Number(Y(point.Value))}"))),
            new XAttribute("fill", "none"),
            new XAttribute("stroke", curve.Color),
            new XAttribute("stroke-width", "2.2"),
            new XAttribute("stroke-linejoin", "round"),
            new XAttribute("stroke-linecap", "round"));
        foreach (CurvePoint point in curve.Points.Count <= 60 ? curve.Points : [curve.Points[^1]])
        {
            yield return new XElement(
                Svg + "circle",
                new XAttribute("cx", Number(X(point.Epoch))),
                new XAttribute("cy", Number(Y(point.Value))),
                new XAttribute("r", "2.6"),
                new XAttribute("fill", curve.Color),
                new XElement(Svg + "title", string.Create(CultureInfo.InvariantCulture, $"{curve.Name}, epoch {point.Epoch:0.##}: {point.Value:0.00}")));
        }
    }

    private IEnumerable<XElement> Legend()
    {
        double x = Width - Right + 20;
        double y = Top + 8;
        foreach (Curve curve in _curves)
        {
            string last = curve.Points.Count == 0 ? "" : curve.Points[^1].Value.ToString("  0.00", CultureInfo.InvariantCulture);
            yield return Line(x, y - 4, x + 22, y - 4, curve.Color, new XAttribute("stroke-width", "2.6"));
            yield return Label(x + 30, y, curve.Name + last, 12.5, Ink);
            y += 22;
        }

        if (_optimum is double optimum)
        {
            yield return Line(x, y - 4, x + 22, y - 4, Faint, new XAttribute("stroke-dasharray", "5 4"), new XAttribute("stroke-width", "1.3"));
            yield return Label(x + 30, y, string.Create(CultureInfo.InvariantCulture, $"optimum  {optimum:0.00}"), 12.5, Ink);
        }
    }

    private double X(double epoch) => Left + (epoch / _endEpoch * (Width - Left - Right));

    private double Y(double value)
    {
        double share = _measure.Logarithmic ? Math.Log(value / _low) / Math.Log(_high / _low) : (value - _low) / (_high - _low);
        return Height - Bottom - (share * (Height - Top - Bottom));
    }

    private static XElement Line(double x1, double y1, double x2, double y2, string color, params XAttribute[] more) => new(
        Svg + "line",
        new XAttribute("x1", Number(x1)),
        new XAttribute("y1", Number(y1)),
        new XAttribute("x2", Number(x2)),
        new XAttribute("y2", Number(y2)),
        new XAttribute("stroke", color),
        more);

    private static XElement Label(double x, double y, string text, double size, string color, string anchor = "start", string weight = "400") => new(
        Svg + "text",
        new XAttribute("x", Number(x)),
        new XAttribute("y", Number(y)),
        new XAttribute("font-size", Number(size)),
        new XAttribute("font-weight", weight),
        new XAttribute("text-anchor", anchor),
        new XAttribute("fill", color),
        text);

    private static string Text(params double[] numbers) => string.Join(' ', numbers.Select(Number));

    private static string Number(double value) => value.ToString("0.##", CultureInfo.InvariantCulture);
}
