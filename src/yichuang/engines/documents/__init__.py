"""What bulletins and notices print alike: faces and page after GB/T 9704—2012, PDF by typst, Word files, QR codes."""
